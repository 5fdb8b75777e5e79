package dev.wsss.train.ablation;

import dev.wsss.train.provenance.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of runs within an ablation's: {@code cells/CELL/seed-N}, and {@code
 * replaced/CELL/seed-N.K} for those whose place a changed run has taken.
 */
final class CellFolders {
  private static final String CELLS = "cells";
  private static final String REPLACED = "replaced";

  private final Path folder;
  private final AblationListener listener;

  CellFolders(Path folder, AblationListener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /** Whether a folder is an ablation's. */
  static boolean areIn(Path folder) {
    return Files.isDirectory(folder.resolve(CELLS));
  }

  /** The place of a run. */
  Path at(PlannedRun run) {
    return folder.resolve(run.folder());
  }

  /** All folders of runs, sorted. */
  List<Path> all() {
    List<Path> all = new ArrayList<>();
    for (String kind : List.of(CELLS, REPLACED)) {
      for (Path cell : foldersIn(folder.resolve(kind))) {
        all.addAll(foldersIn(cell));
      }
    }
    return all;
  }

  private static List<Path> foldersIn(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(parent)) {
      return content.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + parent + ": " + e.getMessage(), e);
    }
  }

  /** Moves a run out of a place that another one takes; gives where it is now. */
  Path setAside(Path run) {
    Path cell = folder.resolve(REPLACED).resolve(folder.relativize(run).getName(1));
    int number = 1;
    while (Files.exists(cell.resolve(run.getFileName() + "." + number))) {
      number++;
    }
    Path to = cell.resolve(run.getFileName() + "." + number);
    move(run, to);
    return to;
  }

  /**
   * Moves a run to a free place.
   *
   * @throws dev.wsss.train.provenance.RunFolderException if it is being written to
   */
  void move(Path from, Path to) {
    FolderLock.take(from).close();
    try {
      Files.createDirectories(to.resolveSibling("."));
      Files.move(from, to);
      deleteIfEmpty(from.resolveSibling(".").normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot move " + from + " to " + to + ": " + e.getMessage(), e);
    }
    listener.moved(from, to);
  }

  private static void deleteIfEmpty(Path parent) throws IOException {
    try {
      Files.deleteIfExists(parent);
    } catch (DirectoryNotEmptyException e) {
      // other seeds of the cell stay
    }
  }
}
