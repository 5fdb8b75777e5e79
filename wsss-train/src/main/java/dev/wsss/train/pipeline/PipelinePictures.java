package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pictures that a pipeline makes masks of.
 *
 * @param trainingSplit its name; all its pictures get pseudo labels
 * @param training its pictures
 * @param heldOut those whose masks choose thresholds
 * @param scoredSplit {@code scoring.split}; empty where the data set has no other than the training
 *     split
 * @param scored its pictures
 */
record PipelinePictures(
    SegmentationDataset data,
    String trainingSplit,
    List<Example> training,
    List<Example> heldOut,
    Optional<String> scoredSplit,
    List<Example> scored) {
  /** Keys of the configuration that choose on which training pictures masks are compared. */
  static final Set<String> REPORTED = Set.of("scoring.held-out-share", "training.left-out-share");

  static PipelinePictures of(RunConfig config, SegmentationDataset data) {
    String training = config.training().split();
    Optional<String> scored =
        Optional.of(config.scoring().split())
            .filter(split -> data.splits().contains(split) && !split.equals(training));
    return new PipelinePictures(
        data,
        training,
        config.training().learned().all(data),
        TrainingPictures.of(config, data).heldOut(),
        scored,
        scored.map(data::examples).orElse(List.of()));
  }

  /** The split that masks are compared on: that which is scored, else the training split. */
  String split() {
    return scoredSplit.orElse(trainingSplit);
  }

  /** Those that a run looks at when it is scored, or labels where there is nothing to score. */
  PipelinePictures scoredByRun() {
    List<Example> choosing = scoredSplit.isPresent() ? heldOut : training;
    return new PipelinePictures(data, trainingSplit, choosing, heldOut, scoredSplit, scored);
  }

  /** At most so many of each split, from all over it. */
  PipelinePictures few(int each) {
    List<Example> some = spread(training, each);
    return new PipelinePictures(
        data,
        trainingSplit,
        some,
        heldOut.stream().filter(some::contains).toList(),
        scoredSplit,
        spread(scored, each));
  }

  private static List<Example> spread(List<Example> all, int count) {
    return IntStream.range(0, Math.min(count, all.size()))
        .mapToObj(i -> all.get((int) ((long) i * all.size() / Math.min(count, all.size()))))
        .toList();
  }

  /** Of both splits, each once, the training pictures first. */
  List<Example> all() {
    Map<String, Example> all = new LinkedHashMap<>();
    training.forEach(example -> all.put(example.id(), example));
    scored.forEach(example -> all.putIfAbsent(example.id(), example));
    return List.copyOf(all.values());
  }

  /** What a network that learns from pseudo labels is tried on. */
  List<Example> validation() {
    return scored.isEmpty() ? heldOut : scored;
  }

  /** By split, the pictures that masks are compared on: none that has chosen a threshold. */
  Map<String, List<Example>> reported() {
    Set<String> apart = heldOut.stream().map(Example::id).collect(Collectors.toSet());
    Map<String, List<Example>> reported = new LinkedHashMap<>();
    reported.put(trainingSplit, training.stream().filter(e -> !apart.contains(e.id())).toList());
    scoredSplit.ifPresent(split -> reported.put(split, scored));
    return reported;
  }
}
