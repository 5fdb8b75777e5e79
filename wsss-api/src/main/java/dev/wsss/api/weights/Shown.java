package dev.wsss.api.weights;

/** Texts from files, fit for one line of an error. */
final class Shown {
  private static final int LONGEST_NAME = 80;

  private Shown() {}

  static String name(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
  }
}
