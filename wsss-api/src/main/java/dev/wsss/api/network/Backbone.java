package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that turns images B×3×H×W into one feature map B×C×h×w.
 *
 * <p>An implementation may inject its configuration record and {@link Kernels}. Two instances are
 * made a run, one for the student and one for the teacher. Parameters are named by {@link
 * ParameterNames}; they may be of blocks of your own or of DJL's, such as {@code Conv2d}.
 *
 * <p><b>Never give the engine a 1×1 convolution with a stride</b> (PyTorch 2.7.1, oneDNN,
 * processors with AVX-512). Where its input is in channels-last order and has fewer than 16
 * channels, and the batch is no multiple of the threads, the gradient of the weights writes outside
 * its memory: the process dies, now or later, or the gradient is wrong. Take every s-th pixel
 * first, {@code x.get(":,:,::{},::{}", s, s)}, and convolve with stride 1: it is the same
 * arithmetic. The layers of wsss-backbones do so. The environment variable {@code
 * ONEDNN_MAX_CPU_ISA=AVX2} avoids the engine's fault.
 */
public interface Backbone {

  /** The network; the same instance at every call. */
  Block block();

  /** Channels C and stride r of the output. */
  FeatureSpec output();

  /**
   * Cells of the grid along an axis of so many pixels, h for H and w for W: ⌈pixels/r⌉ unless a
   * backbone says otherwise, such as one of tokens or of convolutions without padding. 0 where the
   * picture is too small.
   */
  default int gridCells(int pixels) {
    int stride = output().strideInPixels();
    return (pixels + stride - 1) / stride;
  }

  /**
   * The shortest side of a picture that makes sense to this network: a stride, or more where that
   * gives no grid cell.
   */
  default int shortestSide() {
    int stride = output().strideInPixels();
    int largest = stride + 4095; // no network needs more pixels for its first cell
    return IntStream.rangeClosed(stride, largest)
        .filter(pixels -> gridCells(pixels) > 0)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a picture of %d pixels a side gives the network no grid cell"
                        .formatted(largest)));
  }

  /** How pixels are normalised before they enter. */
  InputSpec input();

  /**
   * Whether a training pass treats each image by itself, so that a batch cut into parts gives the
   * same features and the same gradient. Not so where batch norm uses the batch's own statistics.
   * Dropout is no hindrance: it may draw from the engine's generator, whose seed is set before each
   * step, and then a whole batch has other draws than its parts.
   */
  default boolean imagesAreIndependent() {
    return false;
  }

  /**
   * Whether passes may run in {@link dev.wsss.api.tensor.Precision#BFLOAT16}: convolutions and
   * products then give arrays of bfloat16, which DJL calls {@code UNKNOWN}. The engine's operations
   * and those of DJL's blocks take them, but whatever hands on an array's {@code getDataType()}
   * ends the process or fails: {@code softmax}, {@code zerosLike}, {@code toType}, {@code
   * toFloatArray}. {@link dev.wsss.api.tensor.Precision#float32} converts before. What {@link
   * #block()} gives may be of either type; the head gets float32.
   */
  default boolean takesBfloat16() {
    return false;
  }

  /**
   * Overwrites freshly initialised parameters, by dotted name, with pretrained ones; does nothing
   * where training starts from scratch.
   *
   * @throws WeightsException if the weights cannot be read or belong to another network
   */
  default void pretrain(Map<String, Parameter> parameters) {}

  /**
   * Writes {@link #block()} as ONNX nodes; to be overridden where it holds blocks that write none,
   * as DJL's own do not.
   *
   * @param graph whose path is the backbone's
   * @param images normalised, N×3×H×W
   * @return features N×C×h×w
   * @throws dev.wsss.api.onnx.OnnxException if it cannot be written
   */
  default OnnxValue export(OnnxGraph graph, OnnxValue images) {
    return graph.export(block(), images);
  }

  /**
   * Channels and stride of the intermediate features that {@link #forwardLevels} gives, finest
   * first; a level of stride s has ⌈pixels/s⌉ cells along an axis. The output is none of them.
   * Empty where a backbone shows none: then only heads that look at the output alone run on it.
   */
  default List<FeatureSpec> levels() {
    return List.of();
  }

  /**
   * One pass that gives each of {@link #levels()} and then the output of {@link #block()}, with the
   * same values and gradients as without levels. All belong to the manager of {@code images}; the
   * caller closes them.
   *
   * @param images normalised, B×3×H×W
   */
  default NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    requireNoLevels("NDList forwardLevels(ParameterStore store, NDArray images, boolean training)");
    return block().forward(store, new NDList(images), training);
  }

  /**
   * Writes {@link #forwardLevels} as ONNX nodes.
   *
   * @param graph whose path is the backbone's
   * @param images normalised, N×3×H×W
   * @return each level and then the output
   * @throws dev.wsss.api.onnx.OnnxException if it cannot be written
   */
  default List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    requireNoLevels("List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images)");
    return List.of(export(graph, images));
  }

  /** What {@link #forwardAttention} gives; empty where a backbone has no attention. */
  default Optional<AttentionSpec> attention() {
    return Optional.empty();
  }

  /**
   * One pass in evaluation mode that gives the attention of each layer, B×heads×N×N over the N =
   * {@link AttentionSpec#leadingTokens()} + h·w tokens, and then the output of {@link #block()}.
   * Row i says how much token i takes of each; its sum is 1. All belong to the manager of {@code
   * images}; the caller closes them.
   *
   * @param images normalised, B×3×H×W
   */
  default NDList forwardAttention(ParameterStore store, NDArray images) {
    if (attention().isPresent()) {
      throw new IllegalStateException(
          ("backbone %s has attention; let it override NDList forwardAttention(ParameterStore store,"
                  + " NDArray images)")
              .formatted(getClass().getName()));
    }
    return block().forward(store, new NDList(images), false);
  }

  private void requireNoLevels(String method) {
    if (!levels().isEmpty()) {
      throw new IllegalStateException(
          "backbone %s has levels; let it override %s".formatted(getClass().getName(), method));
    }
  }
}
