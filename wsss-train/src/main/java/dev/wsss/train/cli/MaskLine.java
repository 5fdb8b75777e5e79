package dev.wsss.train.cli;

import dev.wsss.train.run.RunResult;
import java.nio.file.Path;

/** Says where masks are and how they were cut. */
final class MaskLine {
  private MaskLine() {}

  static String of(RunResult result, Path folder) {
    return "masks of pixels that score "
        + result.masks()
        + " or more are in "
        + folder.resolve("masks");
  }
}
