package dev.wsss.api.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.Map;

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

  /** How pixels are normalised before they enter. */
  InputSpec input();

  /**
   * Whether a training pass treats each image by itself, so that a batch cut into parts gives the
   * same features and the same gradient. Not so where batch norm uses the batch's own statistics.
   */
  default boolean imagesAreIndependent() {
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
}
