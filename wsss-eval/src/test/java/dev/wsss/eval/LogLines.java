package dev.wsss.eval;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs until this is closed. */
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  private LogLines(Logger logger) {
    this.logger = logger;
    events.start();
    logger.addAppender(events);
  }

  public static LogLines of(Class<?> source) {
    return new LogLines((Logger) LoggerFactory.getLogger(source));
  }

  /** Level and message of each line. */
  public List<String> lines() {
    return events.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(events);
  }
}
