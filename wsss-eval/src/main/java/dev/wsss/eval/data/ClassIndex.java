package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds classes by name in lists of labels. Semicolons, bars, commas and blanks separate them, but
 * not one that a class name holds.
 */
final class ClassIndex {
  private static final String SEPARATORS = ";|, ";

  private final ClassNames classes;
  private final Map<String, Integer> byName = new HashMap<>();

  /** The separators that are none here, each with a class name that holds it. */
  private final Map<Character, String> held = new HashMap<>();

  private final Pattern separator;

  ClassIndex(ClassNames classes) {
    this.classes = classes;
    for (int k = 0; k < classes.count(); k++) {
      byName.put(classes.foreground().get(k), k);
    }
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char c = SEPARATORS.charAt(i);
      classes.foreground().stream()
          .filter(name -> name.indexOf(c) >= 0)
          .findFirst()
          .ifPresent(name -> held.put(c, name));
    }
    String signs =
        SEPARATORS
            .chars()
            .filter(c -> c != ' ' && !held.containsKey((char) c))
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining());
    separator =
        Pattern.compile(
            held.containsKey(' ')
                ? signs.isEmpty() ? "(?!)" : "\\s*[" + signs + "][" + signs + "\\s]*"
                : "[" + signs + "\\s]+");
  }

  /** Sets the bit of each class in a list. */
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
          () ->
              wrongSeparator(name)
                  .orElseGet(() -> Spelling.suggestion(name, classes.foreground())));
      problems.note("classes are " + String.join(", ", classes.foreground()));
    }
  }

  /** What to say of several classes in a row, with something between them that separates none. */
  private Optional<String> wrongSeparator(String name) {
    return name.chars()
        .filter(c -> !Character.isLetterOrDigit(c))
        .mapToObj(c -> (char) c)
        .distinct()
        .filter(c -> areClasses(name.split(Pattern.quote(String.valueOf(c)), -1)))
        .findFirst()
        .map(
            c ->
                "; '%s' separates no labels%s; expected is %s"
                    .formatted(
                        c,
                        held.containsKey(c) ? ", since class '" + held.get(c) + "' holds it" : "",
                        allowed()));
  }

  private boolean areClasses(String[] names) {
    return names.length > 1
        && Arrays.stream(names).map(String::strip).allMatch(byName::containsKey);
  }

  /** For example {@code ';', '|', ',' (in quotes) or a blank}. */
  private String allowed() {
    String signs =
        SEPARATORS
            .chars()
            .mapToObj(c -> (char) c)
            .filter(c -> !held.containsKey(c))
            .map(c -> c == ' ' ? "a blank" : c == ',' ? "',' (in quotes)" : "'" + c + "'")
            .collect(Collectors.joining(", "));
    return signs.isEmpty() ? "one label a picture" : signs;
  }
}
