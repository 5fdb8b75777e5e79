package dev.wsss.eval.data;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads class names, one a line; a first line {@code background} is left out. */
final class ClassFile {

  private ClassFile() {}

  /**
   * Reads the foreground classes, reporting those that are listed twice.
   *
   * @throws DataException if there is no class, or more than a mask can tell apart
   */
  static ClassNames read(Path file, DataProblems problems) {
    Map<String, Long> names = new LinkedHashMap<>();
    List<TextLines.Line> lines = TextLines.read(file).lines();
    boolean background = !lines.isEmpty() && lines.get(0).text().equals(ClassNames.BACKGROUND);
    for (TextLines.Line line : background ? lines.subList(1, lines.size()) : lines) {
      Long before = names.putIfAbsent(line.text(), line.number());
      if (line.text().equals(ClassNames.BACKGROUND)) {
        problems.add(
            file, line.number(), "background is index 0; it stands in the first line or nowhere");
      } else if (before != null) {
        problems.add(
            file,
            line.number(),
            "class '%s' is listed already in line %d".formatted(line.text(), before));
      }
    }
    names.remove(ClassNames.BACKGROUND);
    if (names.isEmpty()) {
      throw new DataException(file + ": no class is listed; expected is a name a line");
    }
    return of(file, names.keySet());
  }

  /**
   * Classes by their names, each once.
   *
   * @param file where they stand
   * @throws DataException if background is among them, or more than a mask can tell apart
   */
  static ClassNames of(Path file, Collection<String> names) {
    if (names.contains(ClassNames.BACKGROUND)) {
      throw new DataException(
          file + ": background is no class; a picture that shows none has no label");
    }
    if (names.size() > 254) {
      throw new DataException(
          "%s: %d classes; masks allow at most 254".formatted(file, names.size()));
    }
    return new ClassNames(List.copyOf(names));
  }
}
