package dev.wsss.train.config.binding;

import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code a.b.c=value}, as {@code -o} takes it, into the patch that it means. */
final class Assignment {
  private static final String ALLOWED =
      "; allowed is key=value, for example -o optimiser.rate=0.01";

  private Assignment() {}

  static Optional<Mapping> read(String assignment, Problems problems) {
    return read(assignment, Origin.commandLine("-o " + assignment), problems);
  }

  static Optional<Mapping> read(String assignment, Origin origin, Problems problems) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      problems.add(origin, "", "found no '='" + ALLOWED);
      return Optional.empty();
    }
    String key = assignment.substring(0, equals).strip();
    List<String> names = Dotted.names(key);
    if (names.stream().anyMatch(String::isBlank)) {
      problems.add(origin, "", "found the key '" + key + "' with an empty part" + ALLOWED);
      return Optional.empty();
    }
    if (names.size() > YamlReader.DEEPEST) {
      problems.add(
          origin,
          "",
          "found a key of " + names.size() + " parts; allowed are at most " + YamlReader.DEEPEST);
      return Optional.empty();
    }
    String value = assignment.substring(equals + 1);
    if (value.isBlank()) {
      problems.add(origin, key, "found no value; write null to remove the key");
      return Optional.empty();
    }
    return new YamlReader((line, column) -> origin, problems)
        .read(value)
        .map(node -> nest(names, node, origin));
  }

  private static Mapping nest(List<String> names, ConfigNode value, Origin origin) {
    ConfigNode node = value;
    for (int i = names.size() - 1; i > 0; i--) {
      node = new Mapping(Map.of(names.get(i), new Entry(node, origin)), origin);
    }
    return new Mapping(Map.of(names.get(0), new Entry(node, origin)), origin);
  }
}
