package dev.wsss.eval.predict;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.onnx.ModelKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Labels pictures with maps of class activation. */
final class CamLabeller implements Labeller {
  private final CamModel model;
  private final ModelInfo info;
  private final Queue<CamInference> idle = new ConcurrentLinkedQueue<>();

  CamLabeller(CamModel model, ModelInfo info) {
    this.model = model;
    this.info = info;
  }

  @Override
  public ModelKind kind() {
    return ModelKind.CAM;
  }

  @Override
  public List<PicturePrediction> scaled(
      List<Example> examples, List<RgbImage> pictures, LabelSource source) {
    return with(inference -> scaled(inference, examples, pictures, source));
  }

  private List<PicturePrediction> scaled(
      CamInference inference, List<Example> examples, List<RgbImage> pictures, LabelSource source) {
    List<RgbImage> looked = pictures.stream().map(info::scaledDown).toList();
    List<PicturePrediction> predictions = new ArrayList<>();
    for (PictureMaps maps : inference.maps(looked, examples, source)) {
      int width = pictures.get(0).width();
      int height = pictures.get(0).height();
      predictions.add(new CamPrediction(maps, width, height, width, height, info.maskThreshold()));
    }
    return predictions;
  }

  @Override
  public PicturePrediction tiled(
      Example example, RgbImage picture, LabelSource source, TileListener listener) {
    return with(inference -> tiled(inference, example, picture, source, listener));
  }

  private PicturePrediction tiled(
      CamInference inference,
      Example example,
      RgbImage picture,
      LabelSource source,
      TileListener listener) {
    // Without labels only the pass that gives the probabilities is run.
    float[] probabilities =
        inference
            .maps(List.of(info.scaledDown(picture)), List.of(example), (any, p) -> unlabelled(any))
            .get(0)
            .probabilities();
    Example labelled = source.label(example, probabilities);
    int columns = TiledMaps.cells(picture.width());
    int rows = TiledMaps.cells(picture.height());
    float[] sums =
        new TiledMaps(inference, info.pictureSide()).of(picture, labelled.labels(), listener);
    return new CamPrediction(
        PictureMaps.of(labelled, probabilities, columns, rows, sums),
        picture.width(),
        picture.height(),
        columns * TiledMaps.CELL,
        rows * TiledMaps.CELL,
        info.maskThreshold());
  }

  private static Example unlabelled(Example example) {
    return new Example(example.id(), new BitSet());
  }

  @Override
  public int tiles(int width, int height) {
    return with(inference -> new TiledMaps(inference, info.pictureSide()).count(width, height));
  }

  @Override
  public double measureTile() {
    return with(
        inference -> {
          TiledMaps maps = new TiledMaps(inference, info.pictureSide());
          maps.lookAtGrey();
          long start = System.nanoTime();
          maps.lookAtGrey();
          return (System.nanoTime() - start) * 1e-9;
        });
  }

  private <T> T with(Function<CamInference, T> work) {
    CamInference own = idle.poll();
    CamInference inference = own != null ? own : new CamInference(model, info.cams());
    try {
      return work.apply(inference);
    } finally {
      idle.add(inference);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
