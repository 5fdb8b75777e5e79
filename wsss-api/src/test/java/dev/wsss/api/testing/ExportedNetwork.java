package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.onnxruntime.OrtException;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** A network as ONNX Runtime runs it, beside the network itself. */
public final class ExportedNetwork implements AutoCloseable {
  private final CamNetwork network;
  private final ExportedGraph graph;

  /**
   * @throws dev.wsss.api.onnx.OnnxException if the network writes no nodes
   */
  public ExportedNetwork(CamNetwork network) throws IOException, OrtException {
    this.network = network;
    this.graph = new ExportedGraph((nodes, images) -> write(network, nodes, images));
  }

  private static void write(CamNetwork network, OnnxGraph graph, OnnxValue images) {
    OnnxCam cam = network.export(graph, images);
    graph.output("features", cam.features(), OnnxType.FLOAT, "N", "D", "h", "w");
    graph.output("maps", cam.maps(), OnnxType.FLOAT, "N", "K", "h", "w");
    graph.output("logits", network.exportLogits(graph, cam.maps()), OnnxType.FLOAT, "N", "K");
  }

  /** Gives batch norm statistics, scales and shifts that a fold could get wrong. */
  static void disturbNorms(Map<String, Parameter> parameters, NDManager manager) {
    Random random = new Random(5);
    parameters
        .values()
        .forEach(
            parameter -> {
              float centre =
                  switch (parameter.getType()) {
                    case GAMMA, RUNNING_VAR -> 1;
                    case BETA, RUNNING_MEAN -> 0;
                    default -> Float.NaN;
                  };
              if (!Float.isNaN(centre)) {
                NDArray array = parameter.getArray();
                float[] values = new float[(int) array.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = centre + 0.4f * (2 * random.nextFloat() - 1);
                }
                try (NDArray other = manager.create(values, array.getShape())) {
                  array.set(other.toByteBuffer());
                }
              }
            });
  }

  /** Runs both and compares features, maps and logits. */
  public void assertSameAsTheNetwork(NDArray images) throws OrtException {
    CamOutput expected = network.evaluate(images);
    graph.assertSame(
        images,
        Map.of(
            "features", expected.features(),
            "maps", expected.maps(),
            "logits", network.logits(expected.maps())));
  }

  @Override
  public void close() throws OrtException {
    graph.close();
  }
}
