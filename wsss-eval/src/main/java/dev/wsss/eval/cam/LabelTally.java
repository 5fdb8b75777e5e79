package dev.wsss.eval.cam;

import dev.wsss.api.metric.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the probability from which a class counts as present: per class, that of the largest F1
 * over labelled pictures, halfway between the two probabilities it separates, and the lowest of
 * equals.
 *
 * <p>A class that no picture has, or that all have, gets the best threshold over all classes
 * together. The pictures are those set apart for choosing thresholds. Their labels, unlike their
 * masks, are learned from, so that the probabilities are surer there than on new pictures.
 */
public final class LabelTally {
  private final List<float[]> probabilities = new ArrayList<>();
  private final List<boolean[]> labels = new ArrayList<>();

  /** Counts a picture. */
  public void add(Prediction prediction) {
    int classes = prediction.probabilities().length;
    boolean[] present = new boolean[classes];
    prediction.example().labels().stream().forEach(k -> present[k] = true);
    probabilities.add(prediction.probabilities());
    labels.add(present);
  }

  /** The thresholds of so many classes; one half each where no picture was counted. */
  public LabelThresholds choose(int classes) {
    if (labels.isEmpty()) {
      return LabelThresholds.even(classes);
    }
    double together = best(IntStream.range(0, classes).boxed().flatMap(this::ofClass).toList());
    List<Double> chosen = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      List<Case> own = ofClass(k).toList();
      long present = own.stream().filter(Case::present).count();
      chosen.add(present == 0 || present == own.size() ? together : best(own));
    }
    return new LabelThresholds(chosen, LabelThresholds.HELD_OUT);
  }

  /** What was said of a class in a picture, and whether it is there. */
  private record Case(double probability, boolean present) {}

  private Stream<Case> ofClass(int k) {
    return IntStream.range(0, labels.size())
        .mapToObj(i -> new Case(probabilities.get(i)[k], labels.get(i)[k]));
  }

  private static double best(List<Case> cases) {
    List<Case> falling =
        cases.stream().sorted(Comparator.comparingDouble(Case::probability).reversed()).toList();
    long all = cases.stream().filter(Case::present).count();
    double best = 0.5;
    double bestF1 = 0;
    int hits = 0;
    for (int taken = 1; taken <= falling.size(); taken++) {
      hits += falling.get(taken - 1).present() ? 1 : 0;
      double last = falling.get(taken - 1).probability();
      double next = taken < falling.size() ? falling.get(taken).probability() : 0;
      double f1 = 2.0 * hits / (taken + all);
      if (last > next && f1 > 0 && f1 >= bestF1) {
        bestF1 = f1;
        best = (last + next) / 2;
      }
    }
    return best;
  }
}
