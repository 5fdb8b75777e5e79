package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of a data set by split, in a fixed order. Immutable. */
public final class Splits {
  private final Map<String, List<Example>> bySplit = new LinkedHashMap<>();

  private final String place;

  public Splits(Map<String, List<Example>> bySplit) {
    this(bySplit, "");
  }

  /** Splits that a file or folder names. */
  Splits(Map<String, List<Example>> bySplit, Path where) {
    this(bySplit, " in " + where);
  }

  private Splits(Map<String, List<Example>> bySplit, String place) {
    this.place = place;
    bySplit.forEach((split, examples) -> this.bySplit.put(split, List.copyOf(examples)));
  }

  public List<String> names() {
    return List.copyOf(bySplit.keySet());
  }

  /**
   * The pictures of one split.
   *
   * @throws DataException if there is no such split
   */
  public List<Example> examples(String split) {
    List<Example> examples = bySplit.get(split);
    if (examples == null) {
      throw new DataException(
          "no split '%s'; splits%s are %s%s"
              .formatted(
                  split, place, String.join(", ", names()), Spelling.suggestion(split, names())));
    }
    return examples;
  }
}
