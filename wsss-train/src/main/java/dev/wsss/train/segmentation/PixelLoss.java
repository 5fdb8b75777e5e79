package dev.wsss.train.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.tensor.ScriptedOp;
import dev.wsss.train.config.SegmentationConfig;
import java.util.List;

/**
 * What a segmentation network learns from masks: {@code Σ_p w(p) · −log softmax(s(p))[label(p)]},
 * where pixels that a mask leaves open have no weight. Without any labelled pixel it is 0, and so
 * is its gradient.
 *
 * <p>Shapes: scores B×(K+1)×H×W → a loss a pixel, B×H×W → a number.
 *
 * <p>Weights of {@code cross-entropy} give the mean over all labelled pixels. Those of {@code
 * balanced} give half the mean over pixels of background and half the mean over pixels of objects,
 * so that background, most of a picture, counts no more than objects: the balance of the seeding
 * loss of Huang et al. 2018 (DSRG), halved so that it is as large as the mean. A half whose pixels
 * are missing is 0.
 */
record PixelLoss(SegmentationConfig.Loss kind) {

  /** −log softmax of each pixel's label; 0 where that is 255. Stable for scores of any size. */
  private static final ScriptedOp OF_EACH_PIXEL =
      ScriptedOp.differentiable(
          "pixel-cross-entropy",
          List.of("scores", "labels"),
          "_0 = torch.log_softmax(scores, 1)\nreturn torch.nll_loss2d(_0, labels, None, 0, %d)"
              .formatted(IndexMask.IGNORE));

  /**
   * The loss, in graph.
   *
   * @param scores B×(K+1)×H×W, background first
   * @param labels B×H×W class indices, int64; {@link IndexMask#IGNORE} is open
   */
  NDArray of(NDArray scores, NDArray labels) {
    return OF_EACH_PIXEL.apply(scores, labels).mul(weights(labels)).sum();
  }

  private NDArray weights(NDArray labels) {
    NDArray labelled = labels.neq(IndexMask.IGNORE).toType(DataType.FLOAT32, false);
    NDArray background = labels.eq(0).toType(DataType.FLOAT32, false);
    return switch (kind) {
      case CROSS_ENTROPY -> share(labelled, 1);
      case BALANCED -> share(background, 0.5f).add(share(labelled.sub(background), 0.5f));
    };
  }

  /** Weights that add up to {@code total} over some pixels, or are 0 where there are none. */
  private static NDArray share(NDArray pixels, float total) {
    return Constants.mul(pixels, total / Math.max(1, pixels.sum().getFloat()));
  }
}
