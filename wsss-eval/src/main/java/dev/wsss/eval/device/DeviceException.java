package dev.wsss.eval.device;

/** A device that was asked for and cannot be had, or a library for one that cannot be used. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
