package dev.wsss.train.cli;

/** Numbers of things in sentences. */
final class Counted {
  private Counted() {}

  /** Such as {@code 1 picture} and {@code 2 pictures}. */
  static String of(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
