package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import dev.wsss.train.threads.ThreadSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the program {@code wsss} starts. */
public final class Main {

  /** Commands whose speed depends on threads. */
  private static final Set<String> WITH_TENSORS =
      Set.of("train", "ablate", "eval", "bench", "predict");

  private static final int LONGEST_STEP_SECONDS = 60;

  private Main() {}

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] args) {
    // The launcher asks the shell whether standard error is a terminal; Java cannot.
    Terminal.Kind kind =
        Boolean.getBoolean("wsss.interactive") ? Terminal.Kind.INTERACTIVE : Terminal.Kind.PLAIN;
    StandardOutput results = new StandardOutput();
    Terminal terminal =
        new Terminal(
            new PrintWriter(results, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            kind);
    // What plugins and libraries print must not stand among the results.
    System.setOut(System.err);
    if (args.length > 0 && WITH_TENSORS.contains(args[0])) {
      ThreadSettings.warning(System.getenv(), Runtime.getRuntime().availableProcessors())
          .ifPresent(line -> terminal.line("warning: " + line));
    }
    CountDownLatch finished = new CountDownLatch(1);
    Thread command = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(command, finished)));
    int code =
        new Wsss(terminal, Main.class.getClassLoader(), System.getProperty("java.class.path"))
            .run(args);
    if (results.failure().isPresent()) {
      terminal.line("error: standard output: " + results.failure().get().getMessage());
      code = code == ExitCode.OK.code() ? ExitCode.FAILED.code() : code;
    }
    finished.countDown();
    System.exit(code);
  }

  /**
   * When the process is told to end, ends the command first: the tensor library crashes where it is
   * torn down under a step that still runs.
   */
  private static void stop(Thread command, CountDownLatch finished) {
    command.interrupt();
    try {
      if (!finished.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("wsss: the last step is still running; giving up on it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
