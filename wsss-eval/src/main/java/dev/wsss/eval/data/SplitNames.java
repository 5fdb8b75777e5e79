package dev.wsss.eval.data;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds splits that are called alike, of which nobody would want two. */
final class SplitNames {
  private final Map<String, String> byFolded = new HashMap<>();

  /** The name of an earlier split that differs from this one in capitals only. */
  Optional<String> other(String split) {
    String known = byFolded.putIfAbsent(split.toLowerCase(Locale.ROOT), split);
    return known == null || known.equals(split) ? Optional.empty() : Optional.of(known);
  }

  static String alike(String split, String other) {
    return "split '%s' differs from '%s' in capitals only; did you mean '%2$s'?"
        .formatted(split, other);
  }
}
