package dev.wsss.eval.onnx;

import ai.onnxruntime.OrtSession;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.predict.Predictor;
import java.nio.file.Path;
import java.util.OptionalInt;

/** From a file to a mask: the three lines of the README, as a program. */
final class FileToMask {
  private FileToMask() {}

  /** Takes a model, a picture and where the mask goes. */
  public static void main(String[] files) throws Exception {
    for (String library : new String[] {"ai.djl.ndarray.NDArray", "ai.djl.engine.Engine"}) {
      try {
        Class.forName(library);
        throw new AssertionError(library + " is on the class path");
      } catch (ClassNotFoundException e) {
        System.out.println("no " + library);
      }
    }
    try (OrtSession.SessionOptions options = OnnxOptions.on(OptionalInt.empty())) {
      System.out.println("trial of a device: " + OnnxTrial.failure(options).orElse("passed"));
    }
    Path model = Path.of(files[0]);
    Path picture = Path.of(files[1]);
    Path mask = Path.of(files[2]);
    try (Predictor predictor = Predictor.open(model)) {
      new MaskFile(mask).write(predictor.predict(picture).mask());
    }
  }
}
