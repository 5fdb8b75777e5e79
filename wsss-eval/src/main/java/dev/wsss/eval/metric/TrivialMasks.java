package dev.wsss.eval.metric;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Masks that need image-level labels and no network: what a method has to beat.
 *
 * <p>Of a picture with several labels, all pixels get the one that most of the pictures have; of
 * equals, the first class.
 */
final class TrivialMasks {
  private final int[] byLabel;

  private interface Inside {
    boolean at(int x, int y);
  }

  /**
   * @param examples all pictures that are scored
   * @param classes K
   */
  TrivialMasks(List<Example> examples, int classes) {
    byLabel = new int[classes];
    for (Example example : examples) {
      example.labels().stream().forEach(k -> byLabel[k]++);
    }
  }

  /** Background everywhere. */
  IndexMask background(int width, int height) {
    return new IndexMask(width, height, new byte[width * height]);
  }

  /** The picture's class everywhere. */
  IndexMask whole(Example example, int width, int height) {
    return where(example, width, height, (x, y) -> true);
  }

  /**
   * The picture's class on a disc in the middle, of half the picture's area; what of it lies
   * outside of a long picture is cut off.
   */
  IndexMask disc(Example example, int width, int height) {
    double squaredRadius = width * (double) height / (2 * Math.PI);
    return where(
        example,
        width,
        height,
        (x, y) -> {
          double dx = x + 0.5 - width / 2.0;
          double dy = y + 0.5 - height / 2.0;
          return dx * dx + dy * dy <= squaredRadius;
        });
  }

  private IndexMask where(Example example, int width, int height, Inside inside) {
    byte index = (byte) index(example.labels());
    byte[] indices = new byte[width * height];
    if (index != 0) {
      for (int p = 0; p < indices.length; p++) {
        indices[p] = inside.at(p % width, p / width) ? index : 0;
      }
    }
    return new IndexMask(width, height, indices);
  }

  private int index(BitSet labels) {
    int most = Arrays.stream(labels.stream().map(k -> byLabel[k]).toArray()).max().orElse(-1);
    return labels.stream().filter(k -> byLabel[k] == most).findFirst().orElse(-1) + 1;
  }
}
