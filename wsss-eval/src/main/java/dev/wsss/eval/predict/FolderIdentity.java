package dev.wsss.eval.predict;

import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Model and settings of a folder of predictions, in its file {@value #FILE}: what may go on there.
 */
final class FolderIdentity {
  static final String FILE = "settings.txt";

  private FolderIdentity() {}

  /**
   * Makes the folder, or checks that it is of the same lines.
   *
   * @param lines such as {@code doubt: 0.1}, always the same keys
   * @throws PredictionFolderException if the folder holds something else
   */
  static void require(Path folder, List<String> lines) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new PredictionFolderException(folder + " is no folder");
    }
    if (!Files.exists(file)) {
      requireEmpty(folder);
      WholeFile.write(file, to -> Files.write(to, lines));
      return;
    }
    List<String> before = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String was = i < before.size() ? before.get(i) : "nothing";
      if (!was.equals(lines.get(i))) {
        throw new PredictionFolderException(
            "%s holds predictions of another model or with other settings: there '%s', now '%s'; choose another folder, or delete this one"
                .formatted(folder, was, lines.get(i)));
      }
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        // What a process killed at its very start may leave.
        if (files.anyMatch(file -> !file.getFileName().toString().startsWith("."))) {
          throw new PredictionFolderException(
              folder + " holds other files and no " + FILE + "; choose another folder");
        }
      }
    }
  }
}
