package dev.wsss.api.network;

import ai.djl.nn.Block;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * Turns a backbone's features into scores of background and of each class, for a network that
 * learns from masks.
 *
 * <p>An implementation may inject its configuration record, the backbone's {@link FeatureSpec} or
 * its {@link FeatureLevels}, the data set's {@link dev.wsss.api.data.ClassNames} and {@link
 * Kernels}.
 */
public interface SegmentationHead {

  /**
   * The intermediate features that {@link #block()} takes before the output: places in {@link
   * FeatureLevels#levels()}, in the block's order. Empty where the output is all it looks at.
   */
  default List<Integer> levels() {
    return List.of();
  }

  /**
   * Maps the features of {@link #levels()} and then the backbone's output B×C×h×w to one array of
   * scores B×(K+1)×h'×w', the logarithms of probabilities up to a number a pixel: channel 0 is
   * background, channel k + 1 class k. The grid covers the picture as the features do; it need not
   * be theirs. The same instance at every call.
   *
   * <p>What it draws in training, as for dropout, comes from the engine's generator, which whoever
   * trains sets before each step.
   */
  Block block();

  /**
   * Whether a training pass treats each image by itself. Not so where batch norm uses the batch's
   * own statistics.
   */
  default boolean imagesAreIndependent() {
    return true;
  }

  /**
   * Writes {@link #block()} as ONNX nodes.
   *
   * @param graph whose path is the head's
   * @param features as {@link #block()} takes them
   * @return scores N×(K+1)×h'×w'
   * @throws OnnxException if it cannot be written, as where this is not overridden
   */
  default OnnxValue export(OnnxGraph graph, List<OnnxValue> features) {
    throw new OnnxException(
        "head %s writes no ONNX nodes; let it override OnnxValue export(OnnxGraph graph, List<OnnxValue> features)"
            .formatted(getClass().getName()));
  }
}
