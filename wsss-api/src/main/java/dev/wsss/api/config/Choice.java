package dev.wsss.api.config;

import dev.wsss.api.plugin.RegisteredModule;

/**
 * A module chosen by {@code type} in a configuration, with its bound configuration record.
 *
 * @param module what was chosen
 * @param config an instance of {@code module.config()}
 */
public record Choice<S>(RegisteredModule<S> module, Record config) {

  public Choice {
    if (!module.config().isInstance(config)) {
      throw new IllegalArgumentException(
          "module '" + module.name() + "' is configured by " + module.config().getName());
    }
  }

  /** The name under which the module is registered, the value of {@code type}. */
  public String type() {
    return module.name();
  }
}
