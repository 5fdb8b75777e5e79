package dev.wsss.api.plugin;

/**
 * A jar's list of the modules it brings, found by {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without arguments and is named in {@code
 * META-INF/services/dev.wsss.api.plugin.WsssPlugin}. It must do nothing but register.
 */
public interface WsssPlugin {

  /** Adds every module of this jar. Called once, before any configuration is read. */
  void register(Registry registry);
}
