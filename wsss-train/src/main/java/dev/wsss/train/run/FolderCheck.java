package dev.wsss.train.run;

import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a run may be trained in a folder; one rule for programs and for the command line. */
final class FolderCheck {
  private FolderCheck() {}

  /**
   * Nothing that stands in a folder is overwritten, and no run goes on from another one's networks.
   *
   * @throws RunFolderException if the folder cannot take the run
   */
  static void require(ResolvedRun run, Path folder, Resume resume) {
    try {
      if (resume == Resume.FRESH) {
        requireUnused(folder);
      } else {
        requireSameConfiguration(run, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void requireUnused(Path folder) throws IOException {
    if (new RunFolder(folder).isUsed()) {
      throw new RunFolderException(
          folder
              + " is not empty, and nothing in it is overwritten; go on with --resume"
              + " (Resume.CONTINUE in Java), or choose another folder");
    }
  }

  private static void requireSameConfiguration(ResolvedRun run, Path folder) throws IOException {
    RunFolder own = new RunFolder(folder);
    if (new Checkpoints(folder).exist() && !Files.exists(own.configuration())) {
      throw new RunFolderException(
          "cannot resume "
              + folder
              + ": it holds a checkpoint, but no "
              + own.configuration().getFileName()
              + " that says which configuration made it; choose another folder");
    }
    Optional<String> difference = own.difference(run.describe());
    if (difference.isPresent()) {
      throw new RunFolderException(
          "cannot resume "
              + folder
              + ": it was made with another configuration ("
              + difference.get()
              + "); give the same one, or choose another folder");
    }
  }
}
