package dev.wsss.eval.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** A graph in ONNX Runtime, given pictures as anybody would who has nothing of ours. */
public final class Exported implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;

  public Exported(OnnxGraph graph) throws IOException, OrtException {
    var out = new ByteArrayOutputStream();
    new OnnxModel(graph, "test", Map.of()).writeTo(out);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    session = environment.createSession(out.toByteArray(), options);
  }

  /** Pictures of one size as N×3×H×W. */
  OnnxTensor pixels(List<RgbImage> pictures) throws OrtException {
    int height = pictures.get(0).height();
    int width = pictures.get(0).width();
    FloatBuffer values = FloatBuffer.allocate(pictures.size() * 3 * height * width);
    for (RgbImage picture : pictures) {
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < height * width; p++) {
          values.put(picture.rgb()[3 * p + c] & 0xff);
        }
      }
    }
    return OnnxTensor.createTensor(
        environment, values.flip(), new long[] {pictures.size(), 3, height, width});
  }

  /** Any values, row by row. */
  public OnnxTensor floats(float[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  OnnxTensor labels(float[][] labels) throws OrtException {
    return OnnxTensor.createTensor(environment, labels);
  }

  public OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException {
    return session.run(inputs);
  }

  public static OnnxTensor output(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
