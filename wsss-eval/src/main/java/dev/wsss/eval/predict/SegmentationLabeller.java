package dev.wsss.eval.predict;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.segmentation.SegmentationInference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Labels pictures with a segmentation network, which looks at them whole. */
final class SegmentationLabeller implements Labeller {
  private static final String WHOLE =
      "a segmentation network looks at pictures whole, not in parts";

  private final SegmentationModel model;
  private final ModelInfo info;
  private final Queue<SegmentationInference> idle = new ConcurrentLinkedQueue<>();

  SegmentationLabeller(SegmentationModel model, ModelInfo info) {
    this.model = model;
    this.info = info;
  }

  @Override
  public ModelKind kind() {
    return ModelKind.SEGMENTATION;
  }

  /** Classes that come into question are a picture's labels, or those probable somewhere. */
  @Override
  public List<PicturePrediction> scaled(
      List<Example> examples, List<RgbImage> pictures, LabelSource source) {
    List<PicturePrediction> predictions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      predictions.add(predict(examples.get(i), pictures.get(i), source));
    }
    return predictions;
  }

  private PicturePrediction predict(Example example, RgbImage picture, LabelSource source) {
    ClassScores all = probabilities(info.scaledDown(picture));
    float[] largest = largest(all);
    BitSet possible = source.label(example, largest).labels();
    ClassScores scores = only(all, possible);
    BitSet shown = source == LabelSource.GIVEN ? possible : winners(scores);
    return new SegmentedPrediction(
        new Example(example.id(), shown), largest, picture.width(), picture.height(), scores);
  }

  @Override
  public PicturePrediction tiled(
      Example example, RgbImage picture, LabelSource source, TileListener listener) {
    throw new IllegalArgumentException(WHOLE);
  }

  @Override
  public int tiles(int width, int height) {
    throw new IllegalArgumentException(WHOLE);
  }

  @Override
  public double measureTile() {
    throw new IllegalArgumentException(WHOLE);
  }

  @Override
  public void close() {
    model.close();
  }

  private ClassScores probabilities(RgbImage looked) {
    SegmentationInference own = idle.poll();
    SegmentationInference inference =
        own != null ? own : new SegmentationInference(model, info.cams());
    try {
      return inference.probabilities(looked);
    } finally {
      idle.add(inference);
    }
  }

  /** The largest probability of each class over the picture. */
  private static float[] largest(ClassScores all) {
    float[] largest = new float[all.present().length];
    int pixels = all.pixels();
    for (int k = 0; k < largest.length; k++) {
      for (int p = (k + 1) * pixels; p < (k + 2) * pixels; p++) {
        largest[k] = Math.max(largest[k], all.planes()[p]); // a NaN stays
      }
    }
    return largest;
  }

  /** Background and some classes. */
  private static ClassScores only(ClassScores all, BitSet classes) {
    int pixels = all.pixels();
    int[] present = classes.stream().toArray();
    float[] planes = new float[(present.length + 1) * pixels];
    System.arraycopy(all.planes(), 0, planes, 0, pixels);
    for (int j = 0; j < present.length; j++) {
      System.arraycopy(all.planes(), (present[j] + 1) * pixels, planes, (j + 1) * pixels, pixels);
    }
    return new ClassScores(all.width(), all.height(), present, planes);
  }

  private static BitSet winners(ClassScores scores) {
    BitSet winners = new BitSet();
    for (int p = 0; p < scores.pixels(); p++) {
      int plane = scores.winner(p);
      if (plane > 0) {
        winners.set(scores.present()[plane - 1]);
      }
    }
    return winners;
  }
}
