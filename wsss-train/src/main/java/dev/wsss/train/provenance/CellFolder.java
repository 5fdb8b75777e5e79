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
    Stream<Path> cells = isAblation(folder) ? below(folder.resolve("cells")) : Stream.of(folder);
    return cells
        .flatMap(CellFolder::below)
        .filter(path -> String.valueOf(path.getFileName()).startsWith("seed-"))
        .findFirst()
        .map(run -> "; it is an ablation's: name one of its runs, such as " + run)
        .orElse("");
  }

  /** The folders in a folder, by name; none where it cannot be read. */
  private static Stream<Path> below(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }
}
