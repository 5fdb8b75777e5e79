package dev.wsss.train.cli;

import dev.wsss.train.config.fromdata.DerivedValue;
import java.util.ArrayList;
import java.util.List;

/** What was derived from the data, a line each, and how to overrule it. */
final class DerivedLines {
  private DerivedLines() {}

  static List<String> of(List<DerivedValue> derived) {
    if (derived.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("derived from the training pictures; -o KEY=VALUE overrules:");
    derived.forEach(value -> lines.add("  " + value));
    return lines;
  }
}
