package dev.wsss.train.pipeline;

import dev.wsss.train.provenance.CellFolder;
import dev.wsss.train.provenance.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Keeps a pipeline out of folders that are somebody else's: it writes files of fixed names. */
final class OwnFolder {
  private OwnFolder() {}

  /**
   * The same folder.
   *
   * @throws PipelineException if it holds something else than a single pipeline
   */
  static Path require(Path folder) {
    if (CellFolder.isAblation(folder)) {
      throw new PipelineException(
          folder + " is an ablation's folder; go on with wsss ablate, or choose another folder");
    }
    if (!Files.isDirectory(folder) || Files.isDirectory(folder.resolve("stages"))) {
      return folder;
    }
    try (Stream<Path> content = Files.list(folder)) {
      content
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !RunFolder.isBeginning(name))
          .sorted()
          .findFirst()
          .ifPresent(
              name -> {
                throw new PipelineException(
                    "%s is no pipeline's folder, and nothing in it is overwritten (it holds '%s'); choose another folder"
                        .formatted(folder, name));
              });
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
