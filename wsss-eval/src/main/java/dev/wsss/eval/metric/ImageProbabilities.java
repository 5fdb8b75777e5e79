package dev.wsss.eval.metric;

import dev.wsss.api.metric.Prediction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** The probabilities and labels of every picture of a split. */
public final class ImageProbabilities {
  private final int classes;
  private final List<Row> rows = new ArrayList<>();

  ImageProbabilities(int classes) {
    this.classes = classes;
  }

  void add(Prediction prediction) {
    float[] probabilities = prediction.probabilities();
    if (probabilities.length != classes) {
      throw new IllegalArgumentException(
          "picture '"
              + prediction.example().id()
              + "': "
              + probabilities.length
              + " probabilities for "
              + classes
              + " classes");
    }
    for (float probability : probabilities) {
      if (Float.isNaN(probability)) {
        throw new IllegalArgumentException(
            "picture '"
                + prediction.example().id()
                + "': a probability is NaN. Did the network diverge?");
      }
    }
    rows.add(new Row(probabilities.clone(), prediction.example().labels()));
  }

  int classes() {
    return classes;
  }

  /** Σ (Rₙ − Rₙ₋₁)·Pₙ over distinct probabilities of class k; NaN if no picture shows it. */
  double averagePrecision(int k) {
    long positives = rows.stream().filter(row -> row.labels.get(k)).count();
    if (positives == 0) {
      return Double.NaN;
    }
    List<Row> ranked = new ArrayList<>(rows);
    ranked.sort(Comparator.comparingDouble((Row row) -> -row.probabilities[k]));
    double sum = 0;
    long found = 0;
    int rank = 0;
    while (rank < ranked.size()) {
      float probability = ranked.get(rank).probabilities[k];
      long foundBefore = found;
      while (rank < ranked.size() && ranked.get(rank).probabilities[k] == probability) {
        found += ranked.get(rank++).labels.get(k) ? 1 : 0;
      }
      sum += (found - foundBefore) / (double) positives * found / rank;
    }
    return sum;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(float[] probabilities, BitSet labels) {}
}
