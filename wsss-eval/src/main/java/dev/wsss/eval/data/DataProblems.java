package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is wrong with a data set, so that all of it is said at once. */
final class DataProblems {
  private static final int SHOWN = 10;

  /** Longer lines are cut: a name may be a megabyte of something else. */
  private static final int CHARACTERS = 500;

  /** A note may list many names. */
  private static final int CHARACTERS_OF_A_NOTE = 2000;

  /** The first ones: of a large data set each picture may have one. */
  private final List<Problem> shown = new ArrayList<>();

  private int count;
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * One problem.
   *
   * @param hint what it ends with; asked for only where the problem is shown, since the search for
   *     a similar name takes its time
   */
  private record Problem(String text, Supplier<String> hint) {
    String line() {
      return text + hint.get();
    }
  }

  void add(String problem) {
    add(problem, () -> "");
  }

  void add(String problem, Supplier<String> hint) {
    if (count < SHOWN) {
      shown.add(new Problem(cut(problem, CHARACTERS), hint));
    }
    count++;
  }

  void add(Path file, long line, String problem) {
    add(file, line, problem, () -> "");
  }

  void add(Path file, long line, String problem, Supplier<String> hint) {
    if (count < SHOWN) {
      shown.add(new Problem("%s:%d: %s".formatted(file, line, cut(problem, CHARACTERS)), hint));
    }
    count++;
  }

  /** Says something once, below all problems. */
  void note(String note) {
    notes.add(cut(note, CHARACTERS_OF_A_NOTE));
  }

  int count() {
    return count;
  }

  /**
   * Does nothing if nothing was found.
   *
   * @throws DataException with the first ten problems, a line each
   */
  void throwIfAny(Path root) {
    if (count == 0) {
      return;
    }
    StringBuilder text = new StringBuilder("the data set in " + root + " cannot be used:");
    shown.forEach(problem -> text.append("\n  ").append(problem.line()));
    if (count > SHOWN) {
      text.append("\n  and ").append(count - SHOWN).append(" more");
    }
    notes.forEach(note -> text.append("\n  ").append(note));
    throw new DataException(text.toString());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
