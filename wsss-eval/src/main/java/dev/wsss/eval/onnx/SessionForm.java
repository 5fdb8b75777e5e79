package dev.wsss.eval.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What the graph of a model in the plain form takes and gives.
 *
 * @param classes K, the number of foreground classes
 */
record SessionForm(ModelKind kind, int classes) {

  /**
   * Checks inputs and outputs.
   *
   * @throws ModelFileException if they are not those of a plain form
   */
  static SessionForm of(ModelTexts texts, OrtSession session) throws OrtException {
    Path file = texts.file();
    Set<String> outputs = session.getOutputNames();
    ModelKind kind = ModelKind.of(texts);
    if (!session.getInputNames().equals(Set.of(OnnxSession.PIXELS))
        || !outputs.containsAll(needed(kind))) {
      throw new ModelFileException(
          "%s: inputs %s and outputs %s; %s"
              .formatted(file, session.getInputNames(), outputs, allowed(kind)));
    }
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      if (!(input.getValue().getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.FLOAT) {
        throw new ModelFileException(
            "%s: input '%s' is %s; it must be 32-bit floats"
                .formatted(file, input.getKey(), input.getValue().getInfo()));
      }
    }
    return new SessionForm(
        kind, kind == ModelKind.CAM ? classes(file, session) : planes(file, session) - 1);
  }

  private static Set<String> needed(ModelKind kind) {
    return kind == ModelKind.CAM
        ? Set.of(OnnxSession.MAPS, OnnxSession.LOGITS)
        : Set.of(OnnxSession.SCORES);
  }

  private static String allowed(ModelKind kind) {
    return kind == ModelKind.CAM
        ? "a model in the plain form has the input 'pixels' and the outputs 'maps' and 'logits':"
            + " export it without --masks"
        : "a segmentation model has the input 'pixels' and the output 'scores'";
  }

  private static int planes(Path file, OrtSession session) throws OrtException {
    NodeInfo scores = session.getOutputInfo().get(OnnxSession.SCORES);
    if (scores != null
        && scores.getInfo() instanceof TensorInfo tensor
        && tensor.getShape().length == 4
        && tensor.getShape()[1] > 1) {
      return (int) tensor.getShape()[1];
    }
    throw new ModelFileException(
        "%s: output '%s' is %s; it must be N grids for background and each of K classes, and say 1 + K"
            .formatted(file, OnnxSession.SCORES, scores == null ? "missing" : scores.getInfo()));
  }

  private static int classes(Path file, OrtSession session) throws OrtException {
    NodeInfo logits = session.getOutputInfo().get(OnnxSession.LOGITS);
    if (logits != null
        && logits.getInfo() instanceof TensorInfo tensor
        && tensor.getShape().length == 2
        && tensor.getShape()[1] > 0) {
      return (int) tensor.getShape()[1];
    }
    throw new ModelFileException(
        "%s: output '%s' is %s; it must be N numbers for each of K classes, and say K"
            .formatted(file, OnnxSession.LOGITS, logits == null ? "missing" : logits.getInfo()));
  }
}
