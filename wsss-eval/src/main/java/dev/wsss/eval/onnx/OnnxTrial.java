package dev.wsss.eval.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A convolution of 3×3 ones with 3×3 ones, which needs all libraries that networks need: cuDNN is
 * loaded by the first convolution only.
 */
final class OnnxTrial {
  private static final int ONES = 9;
  private static final long[] SHAPE = {1, 1, 3, 3};

  /** The library's own part of ONNX Runtime's message, which has places in its source around it. */
  private static final Pattern LIBRARY =
      Pattern.compile("[A-Z]+ failure (\\d+): (.*?) ; GPU=.*", Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("Error code - \\w+ - message: ");

  private OnnxTrial() {}

  /** Why ONNX Runtime cannot compute on a GPU, in one line; empty where it can. */
  static Optional<String> failureOn(int gpu) {
    try (OrtSession.SessionOptions options = OnnxOptions.on(OptionalInt.of(gpu))) {
      // What the GPU does not take must not be computed elsewhere in silence.
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
      return failure(options);
    } catch (OrtException e) {
      return Optional.of(CudaLibrary.failure().orElseGet(() -> reason(e)));
    }
  }

  /** Computes; empty where the result is right. */
  static Optional<String> failure(OrtSession.SessionOptions options) throws OrtException {
    float[] ones = new float[ONES];
    Arrays.fill(ones, 1);
    try (EnvironmentReference held = EnvironmentReference.take();
        OrtSession session = held.environment().createSession(model(), options);
        OnnxTensor pixels =
            OnnxTensor.createTensor(held.environment(), FloatBuffer.wrap(ones), SHAPE);
        OnnxTensor weights =
            OnnxTensor.createTensor(held.environment(), FloatBuffer.wrap(ones), SHAPE);
        OrtSession.Result result = session.run(Map.of("pixels", pixels, "weights", weights))) {
      float found = ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
      return found == ONES
          ? Optional.empty()
          : Optional.of(ONES + " ones sum to " + found + " there");
    }
  }

  private static byte[] model() {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "1", "1", "3", "3");
    OnnxValue weights = graph.input("weights", OnnxType.FLOAT, "1", "1", "3", "3");
    OnnxValue sum = graph.node("Conv", List.of(pixels, weights));
    graph.output("sum", sum, OnnxType.FLOAT, "1", "1", "1", "1");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new OnnxModel(graph, "trial", Map.of()).writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What ONNX Runtime's message says to people. */
  static String reason(OrtException e) {
    String message = CODE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    Matcher library = LIBRARY.matcher(message);
    return library.find()
        ? library.group(2) + " (" + library.group(1) + ")"
        : message.strip().lines().findFirst().orElse("it says nothing");
  }
}
