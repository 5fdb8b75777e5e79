package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import java.util.List;
import java.util.Map;

/**
 * What a finished run says.
 *
 * @param split the split that was scored
 * @param scores numbers by metric name
 * @param badImages distinct training pictures that could not be decoded and were skipped; of a
 *     resumed run, in that of its sessions which met most
 * @param badPictures distinct pictures that were left out of the scores, since they or their masks
 *     could not be used
 * @param seconds wall time of training and scoring, over all its sessions
 */
public record RunResult(
    String split, Map<String, List<Score>> scores, int badImages, int badPictures, double seconds) {

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
