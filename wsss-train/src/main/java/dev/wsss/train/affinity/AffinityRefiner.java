package dev.wsss.train.affinity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.refine.walk.AffinityGrid;
import dev.wsss.eval.refine.walk.RandomWalk;
import dev.wsss.eval.refine.walk.RandomWalkConfig;

/**
 * A trained affinity network with its walk. Several threads may call it: the network looks at one
 * picture after the other, the walks run beside each other. Holds native memory until it is closed.
 */
public final class AffinityRefiner implements PseudoLabelRefiner, AutoCloseable {
  private final NDManager root;
  private final AffinityNetwork network;
  private final RandomWalk walk;
  private final int pictureSide;
  private final Object onePass = new Object();

  /**
   * @param root closed with this
   * @param network frozen, below {@code root}
   * @param pictureSide longer side to which the network sees a larger picture scaled down
   */
  AffinityRefiner(NDManager root, AffinityNetwork network, RandomWalkConfig walk, int pictureSide) {
    this.root = root;
    this.network = network;
    this.pictureSide = pictureSide;
    this.walk = new RandomWalk((picture, id) -> features(picture), walk);
  }

  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id)
      throws BadImageException {
    return walk.refine(picture, scores, id);
  }

  /** What the network says of a picture; one that is too large or too small for it is resized. */
  AffinityGrid features(RgbImage picture) {
    RgbImage seen = enlarged(BilinearResize.atMost(picture, pictureSide));
    float[] pixels = normalised(seen);
    synchronized (onePass) {
      try (NDManager manager = root.newSubManager();
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray image = manager.create(pixels, new Shape(1, 3, seen.height(), seen.width()));
        NDArray features = network.evaluate(image);
        Shape shape = features.getShape();
        return new AffinityGrid(
            (int) shape.get(1), (int) shape.get(3), (int) shape.get(2), features.toFloatArray());
      }
    }
  }

  private RgbImage enlarged(RgbImage picture) {
    int least = network.shortestSide();
    return picture.width() >= least && picture.height() >= least
        ? picture
        : new BilinearResize(
                picture.width(),
                picture.height(),
                Math.max(least, picture.width()),
                Math.max(least, picture.height()))
            .apply(picture);
  }

  /** Three planes. */
  private float[] normalised(RgbImage picture) {
    InputSpec input = network.input();
    int plane = picture.width() * picture.height();
    float[] pixels = new float[3 * plane];
    for (int c = 0; c < 3; c++) {
      float mean = input.mean().get(c);
      float deviation = input.deviation().get(c);
      for (int p = 0; p < plane; p++) {
        pixels[c * plane + p] = ((picture.rgb()[3 * p + c] & 0xff) - mean) / deviation;
      }
    }
    return pixels;
  }

  @Override
  public void close() {
    root.close();
  }
}
