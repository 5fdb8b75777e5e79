package dev.wsss.api.plugin;

/** Says that the modules on the class path do not fit together, or that one is missing. */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PluginException(String message) {
    super(message);
  }

  public PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
