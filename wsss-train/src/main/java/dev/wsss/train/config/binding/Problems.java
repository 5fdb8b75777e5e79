package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects everything that is wrong, so that it is reported at once. */
final class Problems {
  private static final int SHOWN = 20;

  private final List<Problem> found = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();

  void add(Origin origin, String key, String text) {
    add(origin, key, text, "", () -> "");
  }

  /** With the failure of a module's code behind it. */
  void add(Origin origin, String key, String text, Throwable cause) {
    add(origin, key, text);
    causes.add(cause);
  }

  /** With what is allowed, said once, and the nearest valid choice, as in {@link Problem}. */
  void add(Origin origin, String key, String text, String allowed, Supplier<String> suggestion) {
    found.add(new Problem(origin, key, text, allowed, suggestion));
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigException if anything was wrong
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** The first of it, sorted by origin, and how much more there is. */
  ConfigException exception() {
    found.sort(Comparator.comparing(Problem::origin));
    Set<String> lines = new LinkedHashSet<>();
    Set<String> said = new HashSet<>();
    int read = 0;
    while (read < found.size() && lines.size() < SHOWN) {
      lines.add(found.get(read++).line(said));
    }
    List<String> report = new ArrayList<>(lines);
    if (read < found.size()) {
      report.add("… and " + (found.size() - read) + " more problems");
    }
    ConfigException exception = new ConfigException(report);
    causes.forEach(exception::addSuppressed);
    return exception;
  }
}
