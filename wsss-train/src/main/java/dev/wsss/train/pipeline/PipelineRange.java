package dev.wsss.train.pipeline;

import dev.wsss.api.config.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which stages of a pipeline are asked for.
 *
 * @param from the first that is made anew, as are all after it, whether they are finished or not;
 *     what they had made moves to {@code replaced/}
 * @param until the last
 */
public record PipelineRange(Optional<String> from, Optional<String> until) {
  /** All of them, none twice. */
  public static final PipelineRange ALL = new PipelineRange(Optional.empty(), Optional.empty());

  /**
   * @throws PipelineException if there is no such stage
   */
  void require(List<String> stages) {
    Stream.of(from, until)
        .flatMap(Optional::stream)
        .filter(name -> !stages.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new PipelineException(
                  "there is no stage '%s'; this pipeline has %s%s"
                      .formatted(
                          name, String.join(", ", stages), Spelling.suggestion(name, stages)));
            });
    if (from.isPresent()
        && until.isPresent()
        && stages.indexOf(from.get()) > stages.indexOf(until.get())) {
      throw new PipelineException(
          "stage %s comes after %s; --from names the earlier one of the two"
              .formatted(from.get(), until.get()));
    }
  }

  boolean isAnew(int index, List<String> stages) {
    return from.isPresent() && index >= stages.indexOf(from.get());
  }

  boolean includes(int index, List<String> stages) {
    return until.isEmpty() || index <= stages.indexOf(until.get());
  }
}
