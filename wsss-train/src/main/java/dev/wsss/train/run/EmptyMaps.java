package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.store.StoredMaps;

/** Counts labelled pictures, and those among them in which no labelled class is seen anywhere. */
public final class EmptyMaps {
  private int labelled;
  private int empty;

  void add(Prediction prediction) {
    boolean isSeen = false;
    for (float score : prediction.map().score()) {
      isSeen |= score > 0;
    }
    add(prediction.example(), isSeen);
  }

  /** Counts a picture whose maps are kept. */
  public void add(Example example, StoredMaps maps) {
    boolean isSeen = false;
    for (byte level : maps.levels()) {
      isSeen |= level != 0;
    }
    add(example, isSeen);
  }

  private void add(Example example, boolean isSeen) {
    if (!example.labels().isEmpty()) {
      labelled++;
      empty += isSeen ? 0 : 1;
    }
  }

  int labelled() {
    return labelled;
  }

  int empty() {
    return empty;
  }
}
