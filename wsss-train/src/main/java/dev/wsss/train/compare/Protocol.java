package dev.wsss.train.compare;

import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.StageTables;
import dev.wsss.train.compare.FinishedRun.Kind;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What makes the numbers of two runs comparable: the same pictures, labels and masks, the same
 * split, and all that is set or coded about maps, thresholds and metrics. Which of its two networks
 * a run has scored, what its maps are made of, and how many it keeps, may differ. Of pipelines the
 * masks are measured, so that maps and thresholds may differ, as all that makes masks.
 */
final class Protocol {
  private static final Set<String> FREE =
      Set.of("scoring.network", "scoring.map-method", "scoring.maps");

  /** Which pictures a pipeline's masks are compared on; all else makes the masks. */
  private static final Set<String> MEASURING =
      Set.of(
          "training.split", "training.left-out-share", "scoring.split", "scoring.held-out-share");

  /** The code that compares masks. */
  private static final Set<String> MEASURING_CODE = Set.of("framework SplitScorer");

  private Protocol() {}

  /**
   * Refuses two runs that were not measured alike.
   *
   * @throws RunFolderException with all differences
   */
  static void require(FinishedRun one, FinishedRun other) {
    if (one.kind() != other.kind()) {
      boolean isFirst = one.kind() == Kind.PIPELINE;
      throw new RunFolderException(
          "%s is a pipeline's folder and %s a single run's, whose masks are those of its maps; name pipelines alone, or single runs"
              .formatted(
                  isFirst ? one.folder() : other.folder(),
                  isFirst ? other.folder() : one.folder()));
    }
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
    if (differences.isEmpty()) {
      differences.addAll(differentPictures(one, other));
    }
    if (!differences.isEmpty()) {
      throw new RunFolderException(
          "%s and %s cannot be compared, since they were not measured alike; from the first to the second: %s%s"
              .formatted(one.folder(), other.folder(), String.join(", ", differences), cure(one)));
    }
  }

  private static String cure(FinishedRun run) {
    return run.kind() == Kind.PIPELINE ? "" : "; the same command with --resume scores a run anew";
  }

  private static void addIfDifferent(
      List<String> differences, String what, String one, String other) {
    if (!one.equals(other)) {
      differences.add(what + " was " + one + " and is " + other);
    }
  }

  private static Part measuring(FinishedRun run) {
    return switch (run.kind()) {
      case RUN -> {
        Part scoring = run.identity().scoring();
        var values = new TreeMap<>(scoring.values());
        values.keySet().removeAll(FREE);
        yield new Part(values, scoring.files(), scoring.code());
      }
      case PIPELINE -> {
        Part all = run.identity().training();
        var values = new TreeMap<>(all.values());
        values.keySet().retainAll(MEASURING);
        var code = new TreeMap<>(all.code());
        code.keySet().retainAll(MEASURING_CODE);
        yield new Part(values, new TreeMap<>(), code);
      }
    };
  }

  /** Of stages that both have. */
  private static List<String> differentPictures(FinishedRun one, FinishedRun other) {
    List<String> differences = new ArrayList<>();
    one.pictures()
        .forEach(
            (masks, counts) -> {
              List<PictureCounts> others = other.pictures().get(masks);
              if (others != null
                  && !masks.stage().equals(StageTables.LAST)
                  && !names(counts).equals(names(others))) {
                differences.add(
                    one.kind() == Kind.RUN
                        ? "they have scored different pictures (see pictures.csv)"
                        : "stage %s has scored different pictures (see its pictures-%s.csv)"
                            .formatted(masks.stage(), masks.split()));
              }
            });
    return differences;
  }

  private static List<String> names(List<PictureCounts> pictures) {
    return pictures.stream().map(PictureCounts::picture).toList();
  }
}
