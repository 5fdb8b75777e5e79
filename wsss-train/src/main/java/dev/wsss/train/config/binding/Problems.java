package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong, so that it is reported at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Origin origin, String key, String text) {
    found.add(new Problem(origin, key, text));
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigException if anything was wrong
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** All of it, sorted by origin. */
  ConfigException exception() {
    return new ConfigException(
        found.stream()
            .sorted(Comparator.comparing(Problem::origin))
            .map(Problem::toString)
            .distinct()
            .toList());
  }
}
