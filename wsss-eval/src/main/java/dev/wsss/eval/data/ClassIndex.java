package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds classes by name in lists of labels. */
final class ClassIndex {
  private final ClassNames classes;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Pattern separator;

  ClassIndex(ClassNames classes) {
    this.classes = classes;
    for (int k = 0; k < classes.count(); k++) {
      byName.put(classes.foreground().get(k), k);
    }
    boolean blanks = byName.keySet().stream().anyMatch(name -> name.contains(" "));
    separator = Pattern.compile(blanks ? "\\s*;\\s*" : "[;\\s]+");
  }

  /**
   * Sets the bit of each class in a list separated by semicolons or, where no class name has a
   * blank, by blanks.
   */
  void parse(String list, BitSet into, Path file, long line, DataProblems problems) {
    separator
        .splitAsStream(list.strip())
        .filter(name -> !name.isEmpty())
        .forEach(name -> set(name, into, file, line, problems));
  }

  /** Sets the bit of one class. */
  void set(String name, BitSet into, Path file, long line, DataProblems problems) {
    Integer k = byName.get(name);
    if (k != null) {
      into.set(k);
    } else {
      problems.add(
          file,
          line,
          "'%s' is no class".formatted(name),
          () -> Spelling.suggestion(name, classes.foreground()));
      problems.note("classes are " + String.join(", ", classes.foreground()));
    }
  }
}
