package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a data set, so that all of it is said at once. */
final class DataProblems {
  private static final int SHOWN = 10;

  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  void add(Path file, long line, String problem) {
    found.add("%s:%d: %s".formatted(file, line, problem));
  }

  int count() {
    return found.size();
  }

  /**
   * Does nothing if nothing was found.
   *
   * @throws DataException with the first ten problems, a line each
   */
  void throwIfAny(Path root) {
    if (found.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("the data set in " + root + " cannot be used:");
    found.stream().limit(SHOWN).forEach(problem -> text.append("\n  ").append(problem));
    if (found.size() > SHOWN) {
      text.append("\n  and ").append(found.size() - SHOWN).append(" more");
    }
    throw new DataException(text.toString());
  }
}
