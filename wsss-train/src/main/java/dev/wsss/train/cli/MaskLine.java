package dev.wsss.train.cli;

import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.List;

/** Says where masks are and how they were cut. */
final class MaskLine {
  private MaskLine() {}

  static String of(RunResult result, Path folder) {
    return of(result, folder, List.of());
  }

  /**
   * @param refiners that moved the scores of the maps; may be empty
   */
  static String of(RunResult result, Path folder, List<String> refiners) {
    return "masks of pixels that score "
        + result.masks()
        + (refiners.isEmpty()
            ? " or more are in "
            : " or more, refined by " + String.join(", ", refiners) + ", are in ")
        + folder.resolve("masks");
  }
}
