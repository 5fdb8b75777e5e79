package dev.wsss.train.config.binding;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Something wrong in a configuration.
 *
 * @param key dotted; empty where the whole file is meant
 * @param text what was found
 * @param allowed all that is allowed, with a leading "; "; a report says it once. May be empty
 * @param suggestion the nearest valid choice, with a leading "; ", or nothing; asked for only what
 *     is shown
 */
record Problem(
    Origin origin, String key, String text, String allowed, Supplier<String> suggestion) {
  private static final int LONGEST_KEY = 200;

  /**
   * The line.
   *
   * @param said what earlier lines of the report have allowed already
   */
  String line(Set<String> said) {
    String near = suggestion.get();
    String list = said.add(allowed) ? allowed : near.isEmpty() ? "; allowed: see above" : "";
    return origin
        + ": "
        + (key.isEmpty() ? "" : Shortened.of(key, LONGEST_KEY) + ": ")
        + text
        + (allowed.isEmpty() ? "" : list)
        + near;
  }
}
