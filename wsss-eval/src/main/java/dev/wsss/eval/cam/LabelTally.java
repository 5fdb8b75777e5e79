package dev.wsss.eval.cam;

import dev.wsss.api.metric.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Chooses the probability from which a class counts as present: per class, that of the largest F1
 * over labelled pictures, halfway between the two probabilities it separates, and the lowest of
 * equals.
 *
 * <p>Few pictures of a class say little of its threshold. So all classes together are counted with
 * each class, with the weight of {@value #SHARED_WEIGHT} labels: a class that few pictures have
 * keeps near the threshold of all, and one that hundreds have finds its own.
 *
 * <p>Pictures whose labels were not learned say most: on those that were, probabilities are surer
 * than on new pictures, and thresholds come out too high.
 */
public final class LabelTally {
  private static final int SHARED_WEIGHT = 20;

  /** More candidates of all classes than these would cost time and find nothing. */
  private static final int MOST_SHARED = 2000;

  private final List<List<Case>> byClass = new ArrayList<>();

  /** Counts a picture. */
  public void add(Prediction prediction) {
    float[] probabilities = prediction.probabilities();
    for (int k = 0; k < probabilities.length; k++) {
      if (byClass.size() == k) {
        byClass.add(new ArrayList<>());
      }
      byClass.get(k).add(new Case(probabilities[k], prediction.example().labels().get(k)));
    }
  }

  /**
   * The thresholds of so many classes; one half each where no picture has a label.
   *
   * @param mode what is said of pictures that were counted, such as {@link
   *     LabelThresholds#HELD_OUT}
   */
  public LabelThresholds choose(int classes, String mode) {
    Falling all = new Falling(byClass.stream().flatMap(List::stream).toList());
    if (all.labels() == 0) {
      return LabelThresholds.even(classes);
    }
    return new LabelThresholds(
        byClass.stream().map(cases -> best(new Falling(cases), all)).toList(), mode);
  }

  /** What was said of a class in a picture, and whether it is there. */
  private record Case(float probability, boolean present) {}

  /** Cases from the surest to the least sure, with the number of hits among the first of them. */
  private static final class Falling {
    private final List<Case> cases;
    private final int[] hits;

    Falling(List<Case> cases) {
      this.cases =
          cases.stream().sorted(Comparator.comparingDouble(Case::probability).reversed()).toList();
      hits = new int[cases.size() + 1];
      for (int i = 0; i < cases.size(); i++) {
        hits[i + 1] = hits[i] + (this.cases.get(i).present() ? 1 : 0);
      }
    }

    int labels() {
      return hits[cases.size()];
    }

    /** Halfway between each probability and the next lower one; one in so many. */
    DoubleStream middles(int step) {
      return IntStream.range(0, cases.size())
          .filter(i -> i % step == 0 && cases.get(i).probability() > next(i))
          .mapToDouble(i -> (cases.get(i).probability() + next(i)) / 2);
    }

    private double next(int i) {
      return i + 1 < cases.size() ? cases.get(i + 1).probability() : 0;
    }

    /** How many reach a threshold. */
    int taken(double threshold) {
      int low = 0;
      int high = cases.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (cases.get(middle).probability() >= threshold) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  private static double best(Falling own, Falling all) {
    double weight = (double) SHARED_WEIGHT / all.labels();
    double best = 0.5;
    double bestF1 = 0;
    for (double threshold : candidates(own, all)) {
      int taken = own.taken(threshold);
      int shared = all.taken(threshold);
      double f1 =
          2
              * (own.hits[taken] + weight * all.hits[shared])
              / (taken + own.labels() + weight * (shared + all.labels()));
      if (f1 > 0 && f1 >= bestF1) {
        bestF1 = f1;
        best = threshold;
      }
    }
    return best;
  }

  /** From high to low. Those of all classes lie between the few of a rare one. */
  private static double[] candidates(Falling own, Falling all) {
    return DoubleStream.concat(own.middles(1), all.middles(1 + all.cases.size() / MOST_SHARED))
        .map(middle -> -middle)
        .sorted()
        .map(middle -> -middle)
        .toArray();
  }
}
