package dev.wsss.eval.data;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Classes that every training picture shows, or none: classification cannot learn what they look
 * like.
 */
public final class UnlearnableClasses {
  /** Of COCO's 80 classes, few pictures may show hardly any. */
  private static final int SHOWN = 10;

  private UnlearnableClasses() {}

  /** Says which they are and what to do about it, a line each; empty where there are none. */
  public static List<String> warnings(SegmentationDataset data, List<Example> learned) {
    Map<String, Integer> counts = new HashMap<>();
    learned.stream()
        .flatMap(example -> example.labels().stream().boxed())
        .forEach(k -> counts.merge(data.classes().foreground().get(k), 1, Integer::sum));
    return warnings(data.classes(), learned.size(), counts);
  }

  /**
   * The same of numbers.
   *
   * @param pictures that are learned
   * @param counts of these pictures by class
   */
  static List<String> warnings(ClassNames classes, int pictures, Map<String, Integer> counts) {
    List<String> warnings = new ArrayList<>();
    if (pictures > 0) {
      String all = named(classes, k -> counts.getOrDefault(k, 0) == pictures);
      if (!all.isEmpty()) {
        warnings.add(
            "every training picture shows %s, so nothing tells what that looks like; add pictures without it: of another class, or of none with -o data.unlabelled=keep"
                .formatted(all));
      }
      String none = named(classes, k -> counts.getOrDefault(k, 0) == 0);
      if (!none.isEmpty()) {
        warnings.add(
            "no training picture shows %s, so maps of that will be noise; add pictures of it, or leave it out of the classes (classes.txt)"
                .formatted(none));
      }
    }
    return warnings;
  }

  private static String named(ClassNames classes, Predicate<String> which) {
    List<String> names = classes.foreground().stream().filter(which).toList();
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }
}
