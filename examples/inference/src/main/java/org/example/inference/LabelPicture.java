package org.example.inference;

import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.predict.Predictor;
import java.nio.file.Path;

/** Writes the mask of a picture: arguments are model, picture and mask. */
public final class LabelPicture {

  public static void main(String[] arguments) throws Exception {
    try (Predictor predictor = Predictor.open(Path.of(arguments[0]))) {
      new MaskFile(Path.of(arguments[2]))
          .write(predictor.predict(Path.of(arguments[1])).mask());
    }
  }

  private LabelPicture() {}
}
