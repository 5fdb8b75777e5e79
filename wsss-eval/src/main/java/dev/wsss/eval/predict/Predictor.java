package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.OnnxSession;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Labels photographs of any size, one by one.
 *
 * <p>A picture whose longer side is above {@link ModelInfo#pictureSide()} is scaled down to it, and
 * its maps are scaled back. May be used by several threads at once.
 */
public final class Predictor implements AutoCloseable {
  private final CamModel model;
  private final ModelInfo info;
  private final Queue<CamInference> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param model closed with this
   */
  public Predictor(CamModel model, ModelInfo info) {
    this.model = model;
    this.info = info;
  }

  /**
   * Opens an exported model.
   *
   * @param file that {@code wsss export} wrote in its plain form
   * @throws ModelFileException if it is something else, or damaged
   */
  public static Predictor open(Path file) {
    OnnxSession session = OnnxSession.open(file);
    try {
      ModelInfo info = ModelMetadata.read(session.texts());
      if (info.classes().count() != session.classes()) {
        throw new ModelFileException(
            "%s: names of %d classes, but a network of %d"
                .formatted(file, info.classes().count(), session.classes()));
      }
      return new Predictor(session, info);
    } catch (ModelFileException e) {
      session.close();
      throw e;
    }
  }

  /** Classes, thresholds, and how maps are inferred. */
  public ModelInfo info() {
    return info;
  }

  /**
   * Labels the picture in a file with the classes that the model finds in it.
   *
   * @throws BadImageException if the picture cannot be decoded
   */
  public PicturePrediction predict(Path picture) throws BadImageException {
    return predict(picture.toString(), new PictureFile(picture).read());
  }

  /** Labels a picture with the classes that the model finds in it. */
  public PicturePrediction predict(String id, RgbImage picture) {
    return predict(new Example(id, new BitSet()), picture, info.labels());
  }

  /** Labels a picture with the classes it is known to show. */
  public PicturePrediction predict(Example example, RgbImage picture) {
    return predict(example, picture, LabelSource.GIVEN);
  }

  private PicturePrediction predict(Example example, RgbImage picture, LabelSource source) {
    CamInference own = idle.poll();
    CamInference inference = own != null ? own : new CamInference(model, info.cams());
    try {
      PictureMaps maps =
          inference.maps(List.of(scaledDown(picture)), List.of(example), source).get(0);
      return new PicturePrediction(maps, picture.width(), picture.height(), info.maskThreshold());
    } finally {
      idle.add(inference);
    }
  }

  private RgbImage scaledDown(RgbImage picture) {
    return Math.max(picture.width(), picture.height()) <= info.pictureSide()
        ? picture
        : BilinearResize.toLongSide(picture, info.pictureSide()).apply(picture);
  }

  @Override
  public void close() {
    model.close();
  }
}
