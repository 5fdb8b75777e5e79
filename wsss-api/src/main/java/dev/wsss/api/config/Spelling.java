package dev.wsss.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what somebody probably meant; capitals and small letters count as the same.
 *
 * <p>Takes time in proportion to the number of valid names and the square of their length: where
 * many words may be wrong, ask for those that are shown only.
 */
public final class Spelling {
  /** A longer word is no misspelt name. */
  private static final int LONGEST = 256;

  private Spelling() {}

  /** The valid name nearest to {@code word}; empty where none is near, or the word is very long. */
  public static Optional<String> nearest(String word, Collection<String> valid) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String folded = folded(word);
    int limit = Math.max(1, word.length() / 3);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : valid) {
      int distance = near(folded, folded(name), limit);
      if (distance < least
          || (distance == least && nearest != null && name.compareTo(nearest) < 0)) {
        least = distance;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code "; did you mean 'rate'?"}, or nothing where no name is near. */
  public static String suggestion(String word, Collection<String> valid) {
    return nearest(word, valid).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /**
   * {@code "; did you mean runs/mine?"}, the file or folder beside one that is missing whose name
   * is near, or nothing where there is none.
   *
   * @param kind what will do
   */
  public static String suggestion(Path missing, Predicate<Path> kind) {
    Path name = missing.getFileName();
    try (Stream<Path> siblings = Files.list(missing.resolveSibling(""))) {
      Set<String> names =
          siblings
              .filter(kind)
              .map(path -> String.valueOf(path.getFileName()))
              .collect(Collectors.toCollection(TreeSet::new));
      return nearest(String.valueOf(name), names)
          .map(near -> "; did you mean " + missing.resolveSibling(near) + "?")
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** The distance of two folded words; the largest integer where they are not near. */
  private static int near(String word, String name, int limit) {
    if (name.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    if (isPart(word, name)) {
      return edits(word, name, Integer.MAX_VALUE);
    }
    int distance = edits(word, name, limit);
    return distance <= limit ? distance : Integer.MAX_VALUE;
  }

  private static boolean isPart(String word, String name) {
    return Math.min(word.length(), name.length()) >= 3
        && (name.contains(word) || word.contains(name));
  }

  /**
   * Edits between two words: insertions, deletions, substitutions and swaps of neighbours, no
   * letter edited twice (Damerau and Levenshtein's distance, optimal string alignment).
   */
  static int distance(String from, String to) {
    return edits(folded(from), folded(to), Integer.MAX_VALUE);
  }

  /** The distance of two folded words, or some number above {@code limit} where it is larger. */
  private static int edits(String a, String b, int limit) {
    int difference = Math.abs(a.length() - b.length());
    if (difference > limit) {
      return difference;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + substitution, Math.min(last[j] + 1, row[j - 1] + 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        // Nothing smaller follows: a swap, which skips this row, costs as much as one step into it.
        return least;
      }
    }
    return row[b.length()];
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
