package dev.wsss.train.config.binding;

/**
 * Something wrong in a configuration.
 *
 * @param key dotted; empty where the whole file is meant
 * @param text what was found, what is allowed, and the nearest valid choice
 */
record Problem(Origin origin, String key, String text) {

  @Override
  public String toString() {
    return origin + ": " + (key.isEmpty() ? "" : key + ": ") + text;
  }
}
