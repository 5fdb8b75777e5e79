package dev.wsss.train.run;

import dev.wsss.api.metric.Prediction;

/** Counts labelled pictures, and those among them in which no labelled class is seen anywhere. */
final class EmptyMaps {
  private int labelled;
  private int empty;

  void add(Prediction prediction) {
    if (prediction.example().labels().isEmpty()) {
      return;
    }
    labelled++;
    for (float score : prediction.map().score()) {
      if (score > 0) {
        return;
      }
    }
    empty++;
  }

  int labelled() {
    return labelled;
  }

  int empty() {
    return empty;
  }
}
