package dev.wsss.eval.segmentation;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.PixelPlanes;
import java.util.BitSet;
import java.util.List;

/**
 * Probabilities of whole pictures' pixels, over scales and mirror images.
 *
 * <p>A picture H×W and its mirror image are resized bilinearly by each scale (to at least the
 * model's shortest side) and run through the model; scores (1+K)×h×w are resized to H×W, a softmax
 * over background and classes gives probabilities, and these are averaged over all passes.
 *
 * <p>Used by one thread at a time; several may share a model.
 */
public final class SegmentationInference {
  private final SegmentationModel model;
  private final CamConfig passes;
  private final PixelPlanes planes = new PixelPlanes();

  /**
   * @param model not closed by this
   * @param passes scales and mirror images
   */
  public SegmentationInference(SegmentationModel model, CamConfig passes) {
    this.model = model;
    this.passes = passes;
  }

  /** Probabilities of background and all classes, (1+K)×H×W. */
  public ClassScores probabilities(RgbImage picture) {
    ProbabilitySum sum = null;
    int classes = 0;
    for (double scale : passes.scales()) {
      PixelScores raw = run(picture, scale);
      classes = raw.planes() - 1;
      if (sum == null) {
        sum = new ProbabilitySum(raw.planes(), picture.height(), picture.width());
      }
      sum.add(raw, 0);
      if (passes.flip()) {
        sum.addMirrored(raw, 1);
      }
    }
    if (sum == null) {
      throw new IllegalStateException("no scales");
    }
    BitSet all = new BitSet();
    all.set(0, classes);
    return new ClassScores(picture.width(), picture.height(), all.stream().toArray(), sum.mean());
  }

  private PixelScores run(RgbImage picture, double scale) {
    int height = scaled(picture.height(), scale);
    int width = scaled(picture.width(), scale);
    return model.run(planes.of(List.of(picture), passes.flip(), height, width));
  }

  private int scaled(int side, double scale) {
    return (int) Math.max(model.shortestSide(), Math.round(side * scale));
  }
}
