package dev.wsss.eval.predict;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.onnx.ModelKind;
import java.util.List;

/** A model as it labels pictures. Safe for several threads. */
sealed interface Labeller permits CamLabeller, SegmentationLabeller {

  /** What the model gives. */
  ModelKind kind();

  /**
   * Labels pictures of one size, large ones scaled down.
   *
   * @param examples names and labels, picture by picture
   */
  List<PicturePrediction> scaled(
      List<Example> examples, List<RgbImage> pictures, LabelSource source);

  /**
   * Labels a large picture part by part.
   *
   * @throws IllegalArgumentException if this looks at pictures whole
   */
  PicturePrediction tiled(
      Example example, RgbImage picture, LabelSource source, TileListener listener);

  /** Parts of a large picture of that size, in pixels. */
  int tiles(int width, int height);

  /** Seconds of a part. */
  double measureTile();

  /** Closes the model. */
  void close();
}
