package dev.wsss.api.data;

/** A data set that cannot be used as it stands; the message names the place and the cure. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
