package dev.wsss.train.config.binding;

import java.util.List;

/** Dotted keys. */
final class Dotted {

  private Dotted() {}

  /** The key {@code name} inside {@code path}, which is empty at the root. */
  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The parts of a dotted key, empty ones included. */
  static List<String> names(String key) {
    return List.of(key.split("\\.", -1));
  }
}
