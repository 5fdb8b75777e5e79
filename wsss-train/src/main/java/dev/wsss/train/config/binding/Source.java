package dev.wsss.train.config.binding;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A configuration that was found, in a file or on the class path.
 *
 * @param display what errors call it
 * @param identity equal for two ways to the same text
 * @param folder where its relative names start; empty on the class path
 */
record Source(String display, String identity, Optional<Path> folder, String text) {

  /**
   * Where a place in its text is; paths on the class path are relative to the working directory.
   */
  Origin at(int line, int column) {
    return folder
        .map(folder -> Origin.file(display, line, column, folder))
        .orElseGet(() -> Origin.file(display, line, column));
  }
}
