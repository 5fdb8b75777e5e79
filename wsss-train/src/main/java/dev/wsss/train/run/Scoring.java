package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.cam.SplitScorer;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.ScoringConfig;
import dev.wsss.train.config.TrainingPictures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Scores a split with a network, and labels its pictures. */
final class Scoring {
  private final RunConfig config;
  private final SegmentationDataset data;
  private final Supplier<CamModel> models;
  private final Map<String, Metric<?>> metrics;

  /**
   * @param models opens the one that is scored; it is closed after
   * @param metrics by name
   */
  Scoring(
      RunConfig config,
      SegmentationDataset data,
      Supplier<CamModel> models,
      Map<String, Metric<?>> metrics) {
    this.config = config;
    this.data = data;
    this.models = models;
    this.metrics = metrics;
  }

  /**
   * What was found.
   *
   * @param scores by metric; among them those at the threshold of the masks
   * @param curves every threshold
   * @param pictures what the masks of each picture are like
   * @param labels chosen on the pictures set apart, whether they have masks or not
   * @param emptyMaps pictures in which nothing is seen
   * @param pictureSide median of the pictures' longer side, in pixels
   * @param badPictures that were left out
   */
  record Scored(
      Map<String, List<Score>> scores,
      CurveFile curves,
      ScoredPictures pictures,
      MaskThreshold masks,
      LabelThresholds labels,
      EmptyMaps emptyMaps,
      int pictureSide,
      int badPictures,
      double seconds) {

    /** That of a run which only scores, and trains nothing. */
    RunResult result(String split) {
      return new RunResult(
          split, scores, masks, labels, pictureSide, 0, badPictures, seconds, Optional.empty());
    }
  }

  /**
   * The split that is scored unless another is named: {@code scoring.split}, or the training split
   * where the data set has no other, as is usual where nobody has drawn masks.
   *
   * @throws DataException if it is missing though there are others to choose from
   */
  static String usualSplit(RunConfig config, SegmentationDataset data) {
    String split = config.scoring().split();
    String training = config.training().split();
    if (!data.splits().contains(split) && data.splits().equals(List.of(training))) {
      return training;
    }
    try {
      data.examples(split);
    } catch (DataException e) {
      throw new DataException("scoring.split: " + e.getMessage(), e);
    }
    return split;
  }

  /** Those that {@link #score} looks at: the split's, and those set apart. */
  List<Example> pictures(String split) {
    Map<String, Example> pictures = new LinkedHashMap<>();
    data.examples(split).forEach(example -> pictures.put(example.id(), example));
    if (!split.equals(config.training().split())) {
      apart().heldOut().forEach(example -> pictures.put(example.id(), example));
    }
    return List.copyOf(pictures.values());
  }

  private TrainingPictures apart() {
    return TrainingPictures.of(config, data);
  }

  /**
   * Scores a split, or finds the maps alone where it is the training split and has no masks.
   *
   * @param maps what is kept of the pictures; masks are written from it afterwards
   * @param given threshold of the masks, if the caller has one
   * @throws DataException if none of the pictures can be read
   */
  Scored score(String split, SplitMaps maps, OptionalDouble given, RunListener listener) {
    long start = System.nanoTime();
    ScoringConfig scoring = config.scoring();
    List<Example> all = data.examples(split);
    boolean labelsOnly = split.equals(config.training().split()) && !anyMask(all);
    TrainingPictures training = apart();
    List<Example> heldOut = labelsOnly ? List.of() : training.heldOut();
    Set<String> apart = heldOut.stream().map(Example::id).collect(Collectors.toSet());
    List<Example> reported = all.stream().filter(e -> !apart.contains(e.id())).toList();
    int total = reported.size() + heldOut.size();
    Map<String, Metric<?>> read = labelsOnly ? Map.of() : metrics;
    ScoredPictures pictures = new ScoredPictures(data.classes());
    var heard =
        new SplitListener(
            listener,
            maps,
            total,
            config.training().onBadImage(),
            training.labelsChosenOn(),
            apartChose -> MaskThreshold.choose(given, apartChose, read.values(), scoring),
            pictures);
    Map<String, List<Score>> scores;
    int badPictures;
    try (CamModel model = models.get()) {
      var scorer = new SplitScorer(model, config.cams());
      scores = scorer.score(data, reported, heldOut, read, heard);
      badPictures = scorer.badPictures();
    }
    ScoredThresholds thresholds = new ScoredThresholds(scores, heard.curves());
    MaskThreshold masks = heard.masks();
    return new Scored(
        thresholds.scoresWith(masks),
        new CurveFile(data.classes(), heard.curves()),
        pictures,
        masks,
        heard.labels().choose(data.classes().count(), training.labelMode()),
        heard.emptyMaps(),
        heard.pictureSide(),
        badPictures,
        (System.nanoTime() - start) * 1e-9);
  }

  /**
   * Those of a split that are reported and have an exact mask; none of them has chosen a threshold.
   */
  List<Example> reported(String split) {
    Set<String> apart = apart().heldOut().stream().map(Example::id).collect(Collectors.toSet());
    return data.examples(split).stream()
        .filter(example -> !apart.contains(example.id()) && hasMask(example))
        .toList();
  }

  private boolean anyMask(List<Example> examples) {
    return examples.stream().anyMatch(this::hasMask);
  }

  private boolean hasMask(Example example) {
    try {
      return data.mask(example).isPresent();
    } catch (BadImageException e) {
      return true; // a damaged one was meant to be scored, and is told of when it is
    }
  }
}
