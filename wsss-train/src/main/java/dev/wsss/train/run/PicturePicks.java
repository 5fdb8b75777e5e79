package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.report.PictureTile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses pictures to look at while they come by: the best and the worst, and of each class the
 * first ones, which nothing but the order of the split has chosen. Keeps small masks of these
 * alone.
 */
final class PicturePicks {
  /** Longer side of a picture as it is shown, in pixels. */
  static final int LONG_SIDE = 320;

  private static final int EXTREMES = 3;
  private static final int LEAST_OF_ALL_CLASSES = 6;
  private static final IndexMask NONE = new IndexMask(1, 1, new byte[1]);

  private final int ofEachClass;
  private final Sorted best =
      new Sorted("best", EXTREMES, Comparator.comparingDouble(Pick::iou).reversed());

  // Twice as many, since the best of a small split may be among its worst.
  private final Sorted worst =
      new Sorted("worst", 2 * EXTREMES, Comparator.comparingDouble(Pick::iou));
  private final TreeMap<Integer, List<Pick>> firstOfClass = new TreeMap<>();

  PicturePicks(int classes) {
    this.ofEachClass = Math.max(1, (LEAST_OF_ALL_CLASSES + classes - 1) / classes);
  }

  /**
   * A picture to look at.
   *
   * @param why for example {@code best}; empty for one of those of each class
   * @param mask small
   * @param iou NaN without a truth
   */
  record Pick(String why, Example example, IndexMask mask, double iou) {
    private static Pick of(String why, Prediction prediction, double threshold, double iou) {
      IndexMask mask = PictureTile.shrunk(prediction.map().mask(threshold), LONG_SIDE);
      return new Pick(why, prediction.example(), mask, iou);
    }
  }

  /**
   * @param threshold of the masks
   * @param iou of the picture; NaN without a truth
   */
  void add(Prediction prediction, double threshold, double iou) {
    if (!Double.isNaN(iou)) {
      best.offer(prediction, threshold, iou);
      worst.offer(prediction, threshold, iou);
    }
    prediction.example().labels().stream()
        .mapToObj(k -> firstOfClass.computeIfAbsent(k, none -> new ArrayList<>()))
        .filter(first -> first.size() < ofEachClass)
        .findFirst()
        .ifPresent(first -> first.add(Pick.of("", prediction, threshold, iou)));
  }

  /** The best, the worst, then class by class; none twice. */
  List<Pick> chosen() {
    List<Pick> chosen = new ArrayList<>();
    Set<String> names = new HashSet<>();
    addNew(best.picks, EXTREMES, chosen, names);
    addNew(worst.picks, EXTREMES, chosen, names);
    firstOfClass.values().forEach(own -> addNew(own, own.size(), chosen, names));
    return chosen;
  }

  private static void addNew(List<Pick> picks, int most, List<Pick> chosen, Set<String> names) {
    int added = 0;
    for (Pick pick : picks) {
      if (added < most && names.add(pick.example().id())) {
        chosen.add(pick);
        added++;
      }
    }
  }

  /** The first pictures in an order; of equals those that came first. */
  private record Sorted(String why, int most, Comparator<Pick> order, List<Pick> picks) {
    Sorted(String why, int most, Comparator<Pick> order) {
      this(why, most, order, new ArrayList<>());
    }

    void offer(Prediction prediction, double threshold, double iou) {
      Pick unmasked = new Pick(why, prediction.example(), NONE, iou);
      int at = picks.size();
      while (at > 0 && order.compare(unmasked, picks.get(at - 1)) < 0) {
        at--;
      }
      if (at < most) {
        picks.add(at, Pick.of(why, prediction, threshold, iou));
        if (picks.size() > most) {
          picks.remove(most);
        }
      }
    }
  }
}
