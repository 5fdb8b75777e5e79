package dev.wsss.train.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that are printed to be copied. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[\\w./=:+@-]+");

  private CommandText() {}

  /** This program with these words. */
  static String of(List<String> words) {
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "./wsss ", ""));
  }

  /** As a shell takes it for one word. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
