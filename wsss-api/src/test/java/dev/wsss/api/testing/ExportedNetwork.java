package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/** A network as ONNX Runtime runs it, beside the network itself. */
final class ExportedNetwork implements AutoCloseable {
  /** Of the largest value. */
  private static final double TOLERANCE = 1e-4;

  private final CamNetwork network;
  private final OrtEnvironment environment;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;

  /**
   * @throws dev.wsss.api.onnx.OnnxException if the network writes no nodes
   */
  ExportedNetwork(CamNetwork network) throws IOException, OrtException {
    this.network = network;
    byte[] model = model(network);
    environment = OrtEnvironment.getEnvironment();
    options = new OrtSession.SessionOptions();
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    session = environment.createSession(model, options);
  }

  private static byte[] model(CamNetwork network) throws IOException {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue images = graph.input("images", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxCam cam = network.export(graph, images);
    graph.output("features", cam.features(), OnnxType.FLOAT, "N", "D", "h", "w");
    graph.output("maps", cam.maps(), OnnxType.FLOAT, "N", "K", "h", "w");
    graph.output("logits", network.exportLogits(graph, cam.maps()), OnnxType.FLOAT, "N", "K");
    var out = new ByteArrayOutputStream();
    new OnnxModel(graph, "contract", Map.of()).writeTo(out);
    return out.toByteArray();
  }

  /** Gives batch norm statistics, scales and shifts that a fold could get wrong. */
  static void disturbNorms(CamNetwork network, NDManager manager) {
    Random random = new Random(5);
    network
        .parameters()
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
  void assertSameAsTheNetwork(NDArray images) throws OrtException {
    CamOutput expected = network.evaluate(images);
    FloatBuffer pixels = FloatBuffer.wrap(images.toFloatArray());
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, pixels, images.getShape().getShape());
        OrtSession.Result result = session.run(Map.of("images", input))) {
      assertSame("features", result, expected.features());
      assertSame("maps", result, expected.maps());
      assertSame("logits", result, network.logits(expected.maps()));
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
