package dev.wsss.train.provenance;

/** A folder that cannot take a run, or holds none; the message names the folder and the cure. */
public final class RunFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFolderException(String message) {
    super(message);
  }

  public RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
