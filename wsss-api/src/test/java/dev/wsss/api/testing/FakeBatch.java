package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.supervision.Batch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Black pictures with labels. */
public final class FakeBatch {

  private FakeBatch() {}

  /** K class names. */
  public static ClassNames classes(int count) {
    return new ClassNames(IntStream.range(0, count).mapToObj(k -> "class-" + k).toList());
  }

  /**
   * A batch of black pictures.
   *
   * @param labels present classes of each picture, ascending
   */
  public static Batch of(NDManager manager, int[][] labels, int classes, int height, int width) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      BitSet bits = new BitSet();
      for (int k : labels[i]) {
        bits.set(k);
      }
      examples.add(new Example("picture-" + i, bits));
    }
    NDArray images = manager.zeros(new Shape(labels.length, 3, height, width));
    return Batch.of(images, examples, classes(classes));
  }
}
