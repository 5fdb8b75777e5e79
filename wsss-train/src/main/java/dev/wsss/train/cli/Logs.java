package dev.wsss.train.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import dev.wsss.train.progress.Terminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Where log lines go: warnings to the terminal, everything to the folder of the current run. */
final class Logs {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  private Logs() {}

  /** Sends warnings to the terminal, in place of whatever was set up before. */
  static Logs to(Terminal terminal) {
    Logs logs = new Logs();
    logs.context.reset();
    logs.root().setLevel(Level.INFO);
    logs.context.getLogger("dev.wsss").setLevel(Level.DEBUG);
    ToTerminal appender = new ToTerminal(terminal);
    appender.setContext(logs.context);
    appender.start();
    logs.root().addAppender(appender);
    return logs;
  }

  /** Adds everything to {@code run.log} in a folder that exists, until closed. */
  OpenLog open(Path folder) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%date{ISO8601} %-5level [%thread] %logger{36} %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setName(folder.toString());
    file.setFile(folder.resolve("run.log").toString());
    file.setAppend(true);
    file.setEncoder(encoder);
    file.start();
    root().addAppender(file);
    return () -> {
      root().detachAppender(file);
      file.stop();
    };
  }

  private Logger root() {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** A log file that is being written. */
  interface OpenLog extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Shows warnings above the progress line, each once: an ablation's cells warn of the same things.
   * The log file of each run has them all, and their stack traces.
   */
  private static final class ToTerminal extends AppenderBase<ILoggingEvent> {
    private final Terminal terminal;
    private final Set<String> shown = new HashSet<>();

    ToTerminal(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    protected void append(ILoggingEvent event) {
      // The tensor library warns at every start on a machine without a GPU.
      boolean lacksGpu = event.getLoggerName().equals("ai.djl.util.cuda.CudaUtils");
      if (event.getLevel().isGreaterOrEqual(Level.WARN) && !lacksGpu) {
        String level = event.getLevel().equals(Level.WARN) ? "warning" : event.getLevel().levelStr;
        String line = level.toLowerCase(Locale.ROOT) + ": " + event.getFormattedMessage();
        if (shown.add(line)) {
          terminal.line(line);
        }
      }
    }
  }
}
