package dev.wsss.eval.data;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Classes that every training picture shows: classification cannot learn what they look like. */
public final class ShownByAll {
  private ShownByAll() {}

  /** Says which they are and what to do about it; empty where there are none. */
  public static Optional<String> warning(SegmentationDataset data, List<Example> learned) {
    Map<String, Integer> counts = new HashMap<>();
    learned.stream()
        .flatMap(example -> example.labels().stream().boxed())
        .forEach(k -> counts.merge(data.classes().foreground().get(k), 1, Integer::sum));
    return warning(learned.size(), counts);
  }

  /**
   * The same of numbers.
   *
   * @param pictures that are learned
   * @param counts of these pictures by class
   */
  static Optional<String> warning(int pictures, Map<String, Integer> counts) {
    String classes =
        new TreeMap<>(counts)
            .entrySet().stream()
                .filter(entry -> pictures > 0 && entry.getValue() == pictures)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    return classes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "every training picture shows %s, so nothing tells what that looks like; add pictures without it: of another class, or of none with -o data.unlabelled=keep"
                .formatted(classes));
  }
}
