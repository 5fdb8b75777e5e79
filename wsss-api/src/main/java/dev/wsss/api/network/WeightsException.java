package dev.wsss.api.network;

/** Pretrained weights that cannot be used; the message names the file and what does not fit. */
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
