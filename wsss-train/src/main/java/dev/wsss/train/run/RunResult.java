package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished run says.
 *
 * @param split the split that was scored, or whose pictures were labelled where there are no masks
 * @param scores numbers by metric name
 * @param masks the threshold at which pictures are labelled
 * @param labels from which probability on a class is in a picture that nobody has labelled
 * @param pictureSide median of the longer side of the pictures that were scored, in pixels; 0 if
 *     there was none
 * @param badImages distinct training pictures that could not be decoded and were skipped; of a
 *     resumed run, in that of its sessions which met most
 * @param badPictures distinct pictures that were left out of the scores, since they or their masks
 *     could not be used
 * @param seconds wall time of training and scoring, over all its sessions
 * @param failure what says that nothing was learned; empty where nothing does, and where a network
 *     was scored without being trained
 */
public record RunResult(
    String split,
    Map<String, List<Score>> scores,
    MaskThreshold masks,
    LabelThresholds labels,
    int pictureSide,
    int badImages,
    int badPictures,
    double seconds,
    Optional<LearningFailure> failure) {

  /** A sentence on the pictures that could not be used, if there were any. */
  public Optional<String> leftOut() {
    List<String> facts = new ArrayList<>();
    if (badImages > 0) {
      facts.add(pictures(badImages) + " skipped in training");
    }
    if (badPictures > 0) {
      facts.add(pictures(badPictures) + " left out of the scores");
    }
    return facts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", facts) + "; the log says which and why.");
  }

  /**
   * The mean IoU at the masks' threshold, else the first there is; empty without masks to compare.
   */
  public Optional<Score> miouOfMasks() {
    List<Score> mious =
        scores.values().stream()
            .flatMap(List::stream)
            .filter(score -> score.name().equals("miou") && !Double.isNaN(score.value()))
            .toList();
    return mious.stream()
        .filter(score -> score.mode().equals(masks.mode()))
        .findFirst()
        .or(() -> mious.stream().findFirst());
  }

  private static String pictures(int count) {
    return count == 1 ? "1 picture was" : count + " pictures were";
  }

  /**
   * Writes all numbers as a run's {@code scores.json} holds them, not rounded; whole, in place of
   * an older file.
   *
   * @param classes of the data set
   */
  public void write(Path file, ClassNames classes) throws IOException {
    ResultFile.at(file).write(this, classes);
  }

  /**
   * One number, for example {@code score("cam-miou", "miou", "held-out")}.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public Score score(String metric, String name, String mode) {
    return scores.getOrDefault(metric, List.of()).stream()
        .filter(s -> s.name().equals(name) && s.mode().equals(mode))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no score " + metric + " " + name + " " + mode + "; there are " + scores));
  }
}
