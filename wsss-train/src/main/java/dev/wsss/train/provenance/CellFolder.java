package dev.wsss.train.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds a run in the folder of an ablation, or of one of its cells, for whoever named that. */
public final class CellFolder {
  private CellFolder() {}

  /** Whether it is an ablation's folder. */
  public static boolean isAblation(Path folder) {
    return Files.isDirectory(folder.resolve("cells"));
  }

  /**
   * {@code "; it is an ablation's: name one of its runs, such as DIR/cells/full/seed-1"}, or
   * nothing where no run is found.
   */
  public static String suggestion(Path folder) {
    Path cells = folder.resolve("cells");
    try (Stream<Path> below = Files.isDirectory(folder) ? Files.walk(folder, 3) : Stream.of()) {
      return below
          .filter(path -> String.valueOf(path.getFileName()).startsWith("seed-"))
          .filter(path -> path.startsWith(cells) || folder.equals(path.getParent()))
          .filter(Files::isDirectory)
          .sorted()
          .findFirst()
          .map(run -> "; it is an ablation's: name one of its runs, such as " + run)
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
