package dev.wsss.api.data;

import java.io.IOException;

/** One picture or mask that cannot be read; the message names the file and what is wrong. */
public final class BadImageException extends IOException {
  private static final long serialVersionUID = 1L;

  public BadImageException(String message) {
    super(message);
  }

  public BadImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
