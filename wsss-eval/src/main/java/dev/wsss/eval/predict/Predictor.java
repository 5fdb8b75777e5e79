package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.onnx.OnnxSession;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Labels photographs of any size, one by one.
 *
 * <p>A picture whose longer side is above {@link ModelInfo#pictureSide()} is scaled down to it, and
 * its maps are scaled back, unless it is to be {@link LargePictures#TILED}. May be used by several
 * threads at once; closing waits for those that are at work.
 */
public final class Predictor implements AutoCloseable {
  private final Labeller labeller;
  private final ModelInfo info;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * @param model closed with this
   */
  public Predictor(CamModel model, ModelInfo info) {
    this(new CamLabeller(model, info), info);
  }

  /**
   * Labels with a segmentation network.
   *
   * @param model closed with this
   */
  public Predictor(SegmentationModel model, ModelInfo info) {
    this(new SegmentationLabeller(model, info), info);
  }

  private Predictor(Labeller labeller, ModelInfo info) {
    this.labeller = labeller;
    this.info = info;
  }

  /**
   * Opens an exported model, on the first GPU where CUDA can be used, else on the CPU.
   *
   * @param file that {@code wsss export} wrote in its plain form
   * @throws ModelFileException if it is something else, or damaged
   */
  public static Predictor open(Path file) {
    return open(file, DeviceChoice.AUTO);
  }

  /**
   * Opens an exported model, and logs what device was taken.
   *
   * @param file that {@code wsss export} wrote in its plain form
   * @throws ModelFileException if it is something else, or damaged
   * @throws dev.wsss.eval.device.DeviceException if the device that was asked for is not there
   */
  public static Predictor open(Path file, DeviceChoice device) {
    return of(OnnxSession.open(file, device));
  }

  /**
   * Labels with an exported model.
   *
   * @param session closed with this, and where this fails
   * @throws ModelFileException if what it says about itself is missing or impossible
   */
  public static Predictor of(OnnxSession session) {
    try {
      ModelInfo info = ModelMetadata.read(session.texts());
      if (info.classes().count() != session.classes()) {
        throw new ModelFileException(
            "%s: wsss.classes names %d classes, but the network has %d"
                .formatted(session.texts().file(), info.classes().count(), session.classes()));
      }
      return session.kind() == ModelKind.SEGMENTATION
          ? new Predictor(session.segmentation(), info)
          : new Predictor(session, info);
    } catch (ModelFileException e) {
      session.close();
      throw e;
    }
  }

  /** Whether maps of class activation or a segmentation network make the masks. */
  public ModelKind kind() {
    return labeller.kind();
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
    return predict(id, picture, LargePictures.SCALED);
  }

  /** Labels a picture with the classes that the model finds in it. */
  public PicturePrediction predict(String id, RgbImage picture, LargePictures large) {
    return predict(
        new Example(id, new BitSet()), picture, info.labels(), large, TileListener.SILENT);
  }

  /** Labels a picture with the classes it is known to show. */
  public PicturePrediction predict(Example example, RgbImage picture) {
    return predict(example, picture, LargePictures.SCALED);
  }

  /** Labels a picture with the classes it is known to show. */
  public PicturePrediction predict(Example example, RgbImage picture, LargePictures large) {
    return predict(example, picture, LabelSource.GIVEN, large, TileListener.SILENT);
  }

  /**
   * Labels a picture, and tells of each part of it.
   *
   * @param source which classes it is given; {@link ModelInfo#labels} finds them
   * @param listener hears of the parts, where {@code large} is {@link LargePictures#TILED} and the
   *     picture has {@link #tiles} and a class
   */
  public PicturePrediction predict(
      Example example,
      RgbImage picture,
      LabelSource source,
      LargePictures large,
      TileListener listener) {
    int last = example.labels().length() - 1;
    if (last >= info.classes().count()) {
      throw new IllegalArgumentException(
          "picture '%s' has label %d, but the network's last class is %d"
              .formatted(example.id(), last, info.classes().count() - 1));
    }
    return open(
        () ->
            large == LargePictures.TILED && info.isLarge(picture.width(), picture.height())
                ? labeller.tiled(example, picture, source, listener)
                : labeller.scaled(List.of(example), List.of(picture), source).get(0));
  }

  /**
   * Parts that {@link LargePictures#TILED} looks at of a picture of that size, in pixels, where it
   * shows a class; 0 for a picture that is not large.
   */
  public int tiles(int width, int height) {
    return info.isLarge(width, height) ? open(() -> labeller.tiles(width, height)) : 0;
  }

  /**
   * Times a part of a large picture: two are looked at, since the first makes room and warms up.
   *
   * @return seconds
   */
  public double measureTile() {
    return open(labeller::measureTile);
  }

  /**
   * Labels pictures of one size in one pass with the classes that the model finds in them; large
   * ones are scaled down.
   *
   * @param ids names, picture by picture
   */
  public List<PicturePrediction> predict(List<String> ids, List<RgbImage> pictures) {
    List<Example> examples = ids.stream().map(id -> new Example(id, new BitSet())).toList();
    return open(() -> labeller.scaled(examples, pictures, info.labels()));
  }

  /** Works while this cannot be closed. */
  private <T> T open(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the predictor is closed");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        labeller.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
