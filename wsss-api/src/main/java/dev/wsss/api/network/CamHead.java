package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.Map;

/**
 * Turns a backbone's features into class activation maps.
 *
 * <p>An implementation may inject its configuration record, the backbone's {@link FeatureSpec}, the
 * data set's {@link dev.wsss.api.data.ClassNames} and {@link Kernels}.
 */
public interface CamHead {

  /**
   * Maps a list of one array B×C×h×w to a list of two: features B×D×h×w, and raw (unrectified)
   * class activation maps B×K×h×w. The same instance at every call.
   */
  Block block();

  /** Pools raw maps B×K×h×w to logits B×K. */
  NDArray pool(NDArray maps);

  /**
   * Overwrites freshly initialised parameters, by dotted name, with values from elsewhere; does
   * nothing where the head starts from scratch. Not called where a run goes on or is looked at;
   * called, and what it reads written over, where a training starts from another's networks.
   *
   * @throws dev.wsss.api.data.DataException with the key, if these cannot be read or do not fit
   */
  default void pretrain(Map<String, Parameter> parameters) {}

  /**
   * Writes {@link #block()} as ONNX nodes.
   *
   * @param graph whose path is the head's
   * @param features of the backbone, N×C×h×w
   * @throws OnnxException if it cannot be written, as where this is not overridden
   */
  default OnnxCam export(OnnxGraph graph, OnnxValue features) {
    throw new OnnxException(
        "head %s writes no ONNX nodes; let it override OnnxCam export(OnnxGraph graph, OnnxValue features)"
            .formatted(getClass().getName()));
  }

  /**
   * Writes {@link #pool} as ONNX nodes.
   *
   * @param graph whose path is the head's
   * @param maps raw, N×K×h×w
   * @return logits N×K
   * @throws OnnxException if it cannot be written, as where this is not overridden
   */
  default OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
    throw new OnnxException(
        "head %s writes no ONNX nodes for its pooling; let it override OnnxValue exportPool(OnnxGraph graph, OnnxValue maps)"
            .formatted(getClass().getName()));
  }
}
