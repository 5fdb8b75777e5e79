package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Score;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.config.fromdata.Advice;
import dev.wsss.train.config.fromdata.DataFacts;
import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tells a training that has learned from one that has not, by what chance alone would give: its
 * loss, its mean average precision, and maps that are there at all.
 */
public final class LearningCheck {
  /** Of the loss of whoever knows only how frequent each class is. */
  private static final double SHARE_OF_LOSS = 0.95;

  /** Of the way from chance to perfect. */
  private static final double LEAST_MAP = 0.2;

  private static final double MOST_EMPTY = 0.5;

  private final RunConfig config;
  private final SegmentationDataset data;

  public LearningCheck(RunConfig config, SegmentationDataset data) {
    this.config = config;
    this.data = data;
  }

  /**
   * What says of a finished training that nothing was learned.
   *
   * @param folder with its {@code metrics.csv}
   * @param isLearnedBefore whether it has started where another training of it had ended
   */
  public List<String> ofTraining(Path folder, boolean isLearnedBefore) {
    try {
      return ofLosses(
          MetricsFile.read(folder).getOrDefault("classification", List.of()), isLearnedBefore);
    } catch (IOException e) {
      throw new RunFolderException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @param losses means of the classification loss by epoch
   */
  List<String> ofLosses(List<Double> losses, boolean isLearnedBefore) {
    double ignorant = entropy(learned());
    return ignorant == 0
        ? List.of(
            "all training pictures have the same labels, so that there is nothing to tell apart")
        : loss(losses, ignorant, isLearnedBefore).stream().toList();
  }

  /**
   * What a network's image-level classes and maps of a split say of its training.
   *
   * @param map mean average precision of the labels, where it is known
   */
  public List<String> ofMaps(List<Example> examples, Optional<Score> map, EmptyMaps maps) {
    List<String> signs = new ArrayList<>();
    meanAveragePrecision(examples, map).ifPresent(signs::add);
    emptyMaps(maps).ifPresent(signs::add);
    return signs;
  }

  /**
   * What to change; empty without signs.
   *
   * @param signs that nothing was learned
   */
  public Optional<LearningFailure> failure(List<String> signs, Advice advice) {
    if (signs.isEmpty()) {
      return Optional.empty();
    }
    List<Example> training = learned();
    List<String> changes = new ArrayList<>();
    if (entropy(training) == 0) {
      changes.add(
          "add training pictures that lack a class; data.unlabelled=keep takes those that show none");
    }
    changes.addAll(advice.of(DataFacts.of(data, training)));
    return Optional.of(new LearningFailure(signs, changes));
  }

  private List<Example> learned() {
    return TrainingPictures.of(config, data).learned();
  }

  private Optional<String> loss(List<Double> losses, double ignorant, boolean isLearnedBefore) {
    if (losses.size() < 2) {
      return Optional.empty(); // the mean of one epoch is mostly that of its beginning
    }
    double first = losses.get(0);
    double last = losses.get(losses.size() - 1);
    if (config.classificationLoss().type().equals("binary-cross-entropy")
        && last > SHARE_OF_LOSS * ignorant) {
      return text(
          "the classification loss ended at %.3f; to know only how frequent each class is gives %.3f",
          last, ignorant);
    }
    // Then it may stay where it is.
    boolean startsLow = isLearnedBefore || config.training().start().isPresent();
    return !startsLow && last > SHARE_OF_LOSS * first
        ? text(
            "the classification loss did not fall: %.3f in the first epoch, %.3f in the last",
            first, last)
        : Optional.empty();
  }

  private Optional<String> meanAveragePrecision(List<Example> examples, Optional<Score> map) {
    double chance =
        IntStream.range(0, data.classes().count())
            .mapToDouble(k -> share(examples, k))
            .filter(share -> share > 0)
            .average()
            .orElse(1);
    return map.filter(score -> score.value() < chance + LEAST_MAP * (1 - chance))
        .flatMap(
            score ->
                text(
                    "the mean average precision of the labels is %.1f %%, near the %.1f %% of chance",
                    100 * score.value(), 100 * chance));
  }

  private static Optional<String> emptyMaps(EmptyMaps maps) {
    return maps.empty() > MOST_EMPTY * maps.labelled()
        ? text(
            "the maps of %d of %d labelled pictures are empty: nothing of their classes is seen",
            maps.empty(), maps.labelled())
        : Optional.empty();
  }

  /** Binary cross entropy of the shares of labels, in nats: a mean over classes. */
  private double entropy(List<Example> examples) {
    return IntStream.range(0, data.classes().count())
        .mapToDouble(k -> entropy(share(examples, k)))
        .average()
        .orElse(0);
  }

  private static double entropy(double share) {
    return share <= 0 || share >= 1
        ? 0
        : -share * Math.log(share) - (1 - share) * Math.log(1 - share);
  }

  private static double share(List<Example> examples, int k) {
    return examples.stream().filter(example -> example.labels().get(k)).count()
        / (double) Math.max(1, examples.size());
  }

  private static Optional<String> text(String format, Object... values) {
    return Optional.of(String.format(Locale.ROOT, format, values));
  }
}
