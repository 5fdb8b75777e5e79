package dev.wsss.train.config.binding;

/** Text from a file that may be of any length. */
final class Shortened {

  private Shortened() {}

  /** The text, or its beginning and how long it is. */
  static String of(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + "… (" + text.length() + " characters)";
  }
}
