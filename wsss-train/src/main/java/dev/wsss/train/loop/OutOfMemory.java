package dev.wsss.train.loop;

import dev.wsss.api.training.TrainingClock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says what helps where the engine gets no memory for a step. */
final class OutOfMemory {

  private OutOfMemory() {}

  /**
   * Runs a step.
   *
   * @throws TrainingException if the engine has got no memory, with the settings that help
   */
  static StepResult named(TrainingClock clock, Supplier<StepResult> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw cause(e)
          .map(
              engine ->
                  new TrainingException(
                      StepErrors.where(clock)
                          + ": there is not enough memory for this step: "
                          + firstLine(engine)
                          + "; what helps: micro-batch 1, which holds one image at a time and"
                          + " changes no result unless batch norm is trained; a smaller crop, whose"
                          + " square memory follows; or the backbone's output-stride 16 in place of"
                          + " 8"
                          + StepErrors.kept(clock),
                      e))
          .map(RuntimeException.class::cast)
          .orElse(e);
    }
  }

  /** What the engine says on the CPU, and on a GPU; modules' errors wrap it. */
  private static Optional<String> cause(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .map(part -> String.valueOf(part.getMessage()))
        .filter(text -> text.contains("can't allocate memory") || text.contains("out of memory"))
        .reduce((outer, inner) -> inner);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
