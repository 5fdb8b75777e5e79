package dev.wsss.eval.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a model file says about itself, text by key, with an error that names file and key for
 * whatever is missing or impossible.
 *
 * @param file that errors name
 */
public record ModelTexts(Path file, Map<String, String> texts) {
  /** Longer texts are cut where an error shows them. */
  private static final int CHARACTERS = 300;

  public ModelTexts {
    texts = Map.copyOf(texts);
  }

  /** One text. */
  public String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new ModelFileException(
          "%s was not written by wsss export: its metadata lack '%s'".formatted(file, key));
    }
    return text;
  }

  /** The elements of a list. */
  public List<String> lines(String key) {
    return List.of(text(key).split("\n", -1));
  }

  /** A whole number from 1 to {@code most}. */
  public int count(String key, int most) {
    double number =
        number(
            key,
            text(key),
            n -> n > 0 && n <= most && n == (int) n,
            "a whole number from 1 to " + most);
    return (int) number;
  }

  /** A number of 0…1. */
  public double share(String key) {
    return share(key, text(key));
  }

  /** Numbers of 0…1. */
  public List<Double> shares(String key) {
    return lines(key).stream().map(line -> share(key, line)).toList();
  }

  /** Numbers of {@code least} to {@code most}, both included. */
  public List<Double> numbers(String key, double least, double most) {
    return lines(key).stream()
        .map(
            line ->
                number(
                    key,
                    line,
                    n -> n >= least && n <= most,
                    "numbers of %s to %s".formatted(least, most)))
        .toList();
  }

  /** True or false. */
  public boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "true or false");
    };
  }

  /** A value whose making refuses what is impossible. */
  public <T> T valid(String key, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          "%s: '%s': %s".formatted(file, key, cut(String.valueOf(e.getMessage()))), e);
    }
  }

  private double share(String key, String text) {
    return number(key, text, n -> n >= 0 && n <= 1, "0…1");
  }

  private double number(String key, String text, DoublePredicate allowed, String what) {
    Double number = parsed(text);
    if (number == null || !allowed.test(number)) {
      throw wrong(key, what);
    }
    return number;
  }

  private static @Nullable Double parsed(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The error for a text that is not what it must be. */
  public ModelFileException wrong(String key, String allowed) {
    return new ModelFileException(
        "%s: '%s' is '%s'; it must be %s".formatted(file, key, cut(text(key)), allowed));
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "…";
  }
}
