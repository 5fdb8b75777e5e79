package dev.wsss.train.engine;

import java.util.Optional;

/** A setting of the tensor library, which it looks up as this does. */
final class Setting {

  private Setting() {}

  /**
   * The environment's value, else that of the system property; empty where neither says anything.
   */
  static Optional<String> of(String name) {
    String environment = System.getenv(name);
    return Optional.ofNullable(environment == null ? System.getProperty(name) : environment)
        .filter(value -> !value.isEmpty());
  }
}
