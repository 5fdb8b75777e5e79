package dev.wsss.train.config.binding;

import java.util.List;
import java.util.Locale;

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

  /** {@code warmUpSteps} and {@code WARM_UP_STEPS} as {@code warm-up-steps}. */
  static String kebab(String javaName) {
    return javaName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }
}
