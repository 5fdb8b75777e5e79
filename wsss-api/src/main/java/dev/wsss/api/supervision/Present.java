package dev.wsss.api.supervision;

import dev.wsss.api.data.Example;
import java.util.List;

/**
 * The n (image, class) pairs with label 1 of consecutive images.
 *
 * @param image image index in the batch, n values, ascending
 * @param classIndex foreground class, n values
 */
@SuppressWarnings("ArrayRecordComponent") // index lists for gathers; never compared
public record Present(int[] image, int[] classIndex) {

  static Present of(List<Example> examples, int offset) {
    int n = examples.stream().mapToInt(e -> e.labels().cardinality()).sum();
    int[] image = new int[n];
    int[] classIndex = new int[n];
    int at = 0;
    for (int i = 0; i < examples.size(); i++) {
      var labels = examples.get(i).labels();
      for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) {
        image[at] = offset + i;
        classIndex[at++] = k;
      }
    }
    return new Present(image, classIndex);
  }

  /** n. */
  public int size() {
    return image.length;
  }

  /**
   * Positions of the pairs in maps of the images {@code from}…, flattened to (images·K)×…: {@code
   * (image − from)·K + class}.
   */
  public long[] flatIndex(int from, int classes) {
    long[] flat = new long[size()];
    for (int j = 0; j < flat.length; j++) {
      flat[j] = (long) (image[j] - from) * classes + classIndex[j];
    }
    return flat;
  }
}
