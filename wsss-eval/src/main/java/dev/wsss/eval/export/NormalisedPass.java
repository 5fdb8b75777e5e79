package dev.wsss.eval.export;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * Normalisation and network. Mean and deviation are nodes of their own: in the first convolution's
 * weights they would be wrong at the border, where zeros are padded after normalisation.
 */
final class NormalisedPass {
  private static final Shape CHANNELS = new Shape(1, 3, 1, 1);

  private NormalisedPass() {}

  /** A pass over pixels N×3×H×W, 0…255. */
  static OnnxCam of(OnnxGraph graph, CamNetwork network, OnnxValue pixels) {
    return network.export(graph, normalised(graph, network.input(), pixels));
  }

  /** A pass of a segmentation network. */
  static OnnxValue of(OnnxGraph graph, SegmentationNetwork network, OnnxValue pixels) {
    return network.export(graph, normalised(graph, network.input(), pixels));
  }

  private static OnnxValue normalised(OnnxGraph graph, InputSpec input, OnnxValue pixels) {
    OnnxGraph own = graph.in("normalise");
    OnnxValue mean = own.weights("mean", CHANNELS, () -> floats(input.mean()));
    OnnxValue deviation = own.weights("deviation", CHANNELS, () -> floats(input.deviation()));
    OnnxValue centred = own.node("Sub", List.of(pixels, mean));
    return own.node("Div", List.of(centred, deviation));
  }

  static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
