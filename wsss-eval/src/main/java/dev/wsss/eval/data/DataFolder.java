package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The root of a data set, and what is expected in it.
 *
 * @param root the folder
 * @param layout for people
 * @param maker the command that makes what is missing; empty where there is none
 */
record DataFolder(Path root, String layout, String maker) {
  DataFolder(Path root, String layout) {
    this(root, layout, "");
  }

  /**
   * Checks that the root and the named things in it are there.
   *
   * @throws DataException naming the first that is missing and what is expected
   */
  void require(String... names) {
    if (!Files.isDirectory(root)) {
      throw new DataException(
          "no folder %s (key data.root); expected is a folder with %s%s"
              .formatted(root, layout, Spelling.suggestion(root, Files::isDirectory)));
    }
    for (String name : names) {
      if (!Files.exists(root.resolve(name))) {
        throw new DataException(
            "no %s in %s (key data.root); expected is a folder with %s%s"
                .formatted(name, root, layout, elsewhere(name)));
      }
    }
  }

  /** Where a folder below the root has what the root has not; else how to make it. */
  private String elsewhere(String name) {
    try (Stream<Path> below = Files.list(root)) {
      return below
          .filter(folder -> Files.exists(folder.resolve(name)))
          .sorted()
          .findFirst()
          .map(folder -> "; did you mean " + folder + "?")
          .orElse(maker.isEmpty() ? "" : "; '" + maker + "' makes it of your pictures");
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Files in a folder and below, as paths from that folder with forward slashes, sorted. Links are
   * followed, but not one that leads back to a folder above it.
   */
  Set<String> files(String folder) {
    Path base = root.resolve(folder);
    Set<String> files = new TreeSet<>();
    try {
      Files.walkFileTree(
          base,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(base.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
      return files;
    } catch (IOException e) {
      throw new DataException(base + ": cannot be listed (" + e + ")", e);
    }
  }
}
