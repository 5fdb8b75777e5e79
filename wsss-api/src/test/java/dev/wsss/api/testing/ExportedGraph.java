package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/** Nodes as ONNX Runtime runs them, beside what the engine gives. */
final class ExportedGraph implements AutoCloseable {
  /** Of the largest value. */
  private static final double TOLERANCE = 1e-4;

  private final OrtEnvironment environment;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;

  /** Writes nodes from images N×3×H×W and names its outputs in {@code graph}. */
  interface Nodes {
    void write(OnnxGraph graph, OnnxValue images);
  }

  /**
   * @throws dev.wsss.api.onnx.OnnxException if a block writes no nodes
   */
  ExportedGraph(Nodes nodes) throws IOException, OrtException {
    byte[] model = model(nodes);
    environment = OrtEnvironment.getEnvironment();
    options = new OrtSession.SessionOptions();
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    session = environment.createSession(model, options);
  }

  private static byte[] model(Nodes nodes) throws IOException {
    OnnxGraph graph = OnnxGraph.empty();
    nodes.write(graph, graph.input("images", OnnxType.FLOAT, "N", "3", "H", "W"));
    var out = new ByteArrayOutputStream();
    new OnnxModel(graph, "contract", Map.of()).writeTo(out);
    return out.toByteArray();
  }

  /** Runs the graph and compares each output with the engine's of that name. */
  void assertSame(NDArray images, Map<String, NDArray> expected) throws OrtException {
    FloatBuffer pixels = FloatBuffer.wrap(images.toFloatArray());
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, pixels, images.getShape().getShape());
        OrtSession.Result result = session.run(Map.of("images", input))) {
      expected.forEach((name, array) -> assertSame(name, result, array));
    }
  }

  private static void assertSame(String name, OrtSession.Result result, NDArray expected) {
    OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
    float[] values = expected.toFloatArray();
    float[] found = tensor.getFloatBuffer().array();
    assertThat(new Shape(tensor.getInfo().getShape())).as(name).isEqualTo(expected.getShape());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
      difference = Math.max(difference, Math.abs(values[i] - (double) found[i]));
    }
    assertThat(largest).as(name + " of the network").isPositive();
    assertThat(difference).as(name + " of ONNX Runtime").isLessThanOrEqualTo(TOLERANCE * largest);
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
