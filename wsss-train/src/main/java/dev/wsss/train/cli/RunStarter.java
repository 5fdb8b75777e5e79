package dev.wsss.train.cli;

import dev.wsss.api.data.ClassNames;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Starts runs that write their log into their folder. */
final class RunStarter {
  private final Program program;

  RunStarter(Program program) {
    this.program = program;
  }

  /**
   * A run that went through.
   *
   * @param classes of its data set
   */
  record Finished(RunResult result, ClassNames classes) {}

  /** Wires, trains and scores; the folder is made once everything is wired. */
  Finished run(ResolvedRun asked, Path folder, Resume resume, OutputOptions output) {
    try (Run run = Run.open(asked.askedForBy(program.arguments()), folder, resume);
        OutputFolder made = OutputFolder.make(folder)) {
      if (!output.quiet()) {
        program.terminal().line(run.device().line());
      }
      try (Logs.OpenLog log = program.logs().open(folder)) {
        RunResult result = run.train(output.progress(program.terminal(), ""));
        return new Finished(result, run.data().classes());
      }
    } catch (TrainingException | CancellationException e) {
      if (Thread.currentThread().isInterrupted() || e instanceof CancellationException) {
        throw new TrainingException(
            e.getMessage() + "; to go on:\n  " + resumed(program.arguments()), e);
      }
      throw e;
    }
  }

  private static String resumed(List<String> arguments) {
    List<String> words = new ArrayList<>(arguments);
    if (!words.contains("--resume")) {
      words.add("--resume");
    }
    return CommandText.of(words);
  }
}
