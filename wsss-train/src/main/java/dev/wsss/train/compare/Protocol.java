package dev.wsss.train.compare;

import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What makes the numbers of two runs comparable: the same pictures, labels and masks, the same
 * split, and all that is set or coded about maps, thresholds and metrics. Which of its two networks
 * a run has scored, and how many maps it keeps, may differ.
 */
final class Protocol {
  private static final Set<String> FREE = Set.of("scoring.network", "scoring.maps");

  private Protocol() {}

  /**
   * Refuses two runs that were not measured alike.
   *
   * @throws RunFolderException with all differences
   */
  static void require(FinishedRun one, FinishedRun other) {
    List<String> differences = new ArrayList<>();
    if (!one.identity().data().equals(other.identity().data())) {
      differences.add("their pictures, labels or masks differ");
    }
    differences.addAll(measuring(other).changesSince(measuring(one)));
    addIfDifferent(differences, "the scored split", one.result().split(), other.result().split());
    addIfDifferent(
        differences,
        "the masks' threshold mode",
        one.result().masks().mode(),
        other.result().masks().mode());
    if (differences.isEmpty() && !names(one).equals(names(other))) {
      differences.add("they have scored different pictures (see pictures.csv)");
    }
    if (!differences.isEmpty()) {
      throw new RunFolderException(
          "%s and %s cannot be compared, since they were not measured alike; from the first to the second: %s; the same command with --resume scores a run anew"
              .formatted(one.folder(), other.folder(), String.join(", ", differences)));
    }
  }

  private static void addIfDifferent(
      List<String> differences, String what, String one, String other) {
    if (!one.equals(other)) {
      differences.add(what + " was " + one + " and is " + other);
    }
  }

  private static Part measuring(FinishedRun run) {
    Part scoring = run.identity().scoring();
    var values = new TreeMap<>(scoring.values());
    values.keySet().removeAll(FREE);
    return new Part(values, scoring.files(), scoring.code());
  }

  private static List<String> names(FinishedRun run) {
    return run.pictures().stream().map(picture -> picture.picture()).toList();
  }
}
