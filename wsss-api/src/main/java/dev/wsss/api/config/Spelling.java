package dev.wsss.api.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant; capitals and small letters count as the same. */
public final class Spelling {

  private Spelling() {}

  /** The valid name nearest to {@code word}; empty where none is near. */
  public static Optional<String> nearest(String word, Collection<String> valid) {
    int limit = Math.max(1, word.length() / 3);
    return valid.stream()
        .filter(name -> distance(word, name) <= limit || isPart(folded(word), folded(name)))
        .min(
            Comparator.comparingInt((String name) -> distance(word, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean 'rate'?"}, or nothing where no name is near. */
  public static String suggestion(String word, Collection<String> valid) {
    return nearest(word, valid).map(name -> "; did you mean '" + name + "'?").orElse("");
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
    String a = folded(from);
    String b = folded(to);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] =
            Math.min(d[i - 1][j - 1] + substitution, Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
