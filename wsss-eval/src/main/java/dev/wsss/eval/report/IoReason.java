package dev.wsss.eval.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * The operating system's reason, which the messages of some of Java's errors leave to the class.
 */
public final class IoReason {
  private IoReason() {}

  /** The message, and the reason behind the file where the message names the file alone. */
  public static String of(IOException e) {
    boolean said = !(e instanceof FileSystemException file) || file.getReason() != null;
    String reason = said ? "" : reason(e);
    return e.getMessage() + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return e instanceof FileAlreadyExistsException ? "File exists" : "";
  }
}
