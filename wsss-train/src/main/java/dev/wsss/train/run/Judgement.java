package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.metric.PictureCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says in a sentence what a run's masks are worth. */
final class Judgement {
  private static final double GOOD = 0.7;
  private static final double USABLE = 0.5;
  private static final double ROUGH = 0.3;

  /** Above masks of background alone by less than this is nothing. */
  private static final double LEAST_GAIN = 0.05;

  private Judgement() {}

  /**
   * For example {@code Rough masks: mean IoU 40.5 % over 21 classes at threshold 0.21 (held-out),
   * best cat 61.2 %, worst chair 8.1 %; masks of background alone would have 3.5 %.}
   *
   * @param counts of the pictures that have a truth
   */
  static String of(RunResult result, ClassNames classes, List<PictureCounts> counts) {
    Optional<Score> judged = result.miouOfMasks();
    if (judged.isEmpty()) {
      return "No masks to compare with: whether these are good, only looking at them tells.";
    }
    Score miou = judged.get();
    double nothing = PictureCounts.miouOfBackgroundAlone(counts);
    return word(miou.value(), nothing)
        + String.format(Locale.ROOT, ": mean IoU %.1f %%", 100 * miou.value())
        + byClass(miou, classes)
        + (Double.isNaN(nothing)
            ? "."
            : String.format(
                Locale.ROOT, "; masks of background alone would have %.1f %%.", 100 * nothing));
  }

  private static String word(double miou, double nothing) {
    if (miou < nothing + LEAST_GAIN) {
      return "Masks that are worth nothing";
    }
    if (miou >= GOOD) {
      return "Good masks";
    }
    return miou >= USABLE ? "Usable masks" : miou >= ROUGH ? "Rough masks" : "Poor masks";
  }

  private static String byClass(Score miou, ClassNames classes) {
    String at =
        String.format(Locale.ROOT, " at threshold %.2f (%s)", miou.threshold(), miou.mode());
    if (miou.perClass().isEmpty()) {
      return at;
    }
    Map<String, Double> byClass = miou.byClass(classes);
    List<Map.Entry<String, Double>> known =
        byClass.entrySet().stream().filter(entry -> !entry.getValue().isNaN()).toList();
    List<Map.Entry<String, Double>> objects =
        known.stream()
            .filter(entry -> !entry.getKey().equals(ClassNames.BACKGROUND))
            .sorted(Comparator.comparing(entry -> -entry.getValue()))
            .toList();
    String extremes =
        objects.size() < 2
            ? ""
            : String.format(
                Locale.ROOT,
                ", best %s %.1f %%, worst %s %.1f %%",
                objects.get(0).getKey(),
                100 * objects.get(0).getValue(),
                objects.get(objects.size() - 1).getKey(),
                100 * objects.get(objects.size() - 1).getValue());
    return " over " + known.size() + " classes" + at + extremes;
  }
}
