package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.Terminal;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes, and how much it says. */
final class OutputOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for everything that is written; made if it is missing.")
  private @Nullable Path out;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress; results, warnings and errors remain.")
  private boolean quiet;

  /**
   * The folder, absolute.
   *
   * @throws UsageException if none was given
   */
  Path out() {
    if (out == null) {
      throw new UsageException("--out is missing; give a folder, for example --out runs/first");
    }
    return out.toAbsolutePath().normalize();
  }

  boolean quiet() {
    return quiet;
  }

  /** Shows the stage that is being tried, unless everything is quiet. */
  Consumer<String> trying(Terminal terminal) {
    return stage -> {
      if (!quiet) {
        terminal.status("trying stage " + stage);
      }
    };
  }

  /** Follows a run, unless everything is quiet. */
  RunListener progress(Terminal terminal, String prefix) {
    return quiet ? RunListener.SILENT : new ProgressLine(terminal, prefix);
  }
}
