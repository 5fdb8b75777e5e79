package dev.wsss.train.run;

import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        requireSame(run, folder);
        requireOwn(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void requireUnused(Path folder) throws IOException {
    RunFolder own = new RunFolder(folder);
    if (own.isUsed()) {
      throw new RunFolderException(
          folder
              + " is not empty, and nothing in it is overwritten; "
              + (own.identity().isPresent()
                  ? "go on with --resume (Resume.CONTINUE in Java), or choose another folder"
                  : "choose another folder"));
    }
  }

  /** A run writes files of fixed names, which may be somebody's own where no run has been. */
  private static void requireOwn(Path folder) throws IOException {
    Optional<String> foreign = new RunFolder(folder).foreignFile();
    if (foreign.isPresent()) {
      throw new RunFolderException(
          "cannot resume "
              + folder
              + ": no run was started there, and nothing in it is overwritten (it holds '"
              + foreign.get()
              + "'); choose another folder");
    }
  }

  /**
   * No run goes on from another one's networks.
   *
   * @throws RunFolderException if the folder holds a run of another configuration
   */
  static void requireSame(ResolvedRun run, Path folder) {
    RunFolder own = new RunFolder(folder);
    if (new Checkpoints(folder).exist() && own.identity().isEmpty()) {
      throw new RunFolderException(
          "cannot resume "
              + folder
              + ": it holds a checkpoint, but no provenance.json that says what made it; choose"
              + " another folder");
    }
    own.requireSame(run.config());
  }
}
