package dev.wsss.eval.cam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.tensor.Bilinear;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Class activation maps of whole pictures, over scales and mirror images.
 *
 * <p>For B pictures of one size H×W:
 *
 * <ol>
 *   <li>pictures and their mirror images, normalised, 2B×3×H×W, are resized bilinearly by each
 *       scale (to at least one stride a side) and run through the network in evaluation mode: raw
 *       maps 2B×K×h×w;
 *   <li>ReLU; the mirror images' maps are mirrored back and added: B×K×h×w;
 *   <li>of the B·K maps only the n of labelled classes are kept, resized bilinearly to n×H×W (half
 *       pixel centres), and summed over the scales;
 *   <li>each is divided by its own maximum + 1e-5, and each pixel goes to the class with the
 *       largest score (the lowest of equals): {@link WinnerTakesPixel}.
 * </ol>
 *
 * <p>A picture without labels has a map of zeros. The probabilities are the sigmoid of the logits
 * of the unmirrored picture at scale 1, for all K classes whatever the labels; where the scales
 * lack 1 that pass is run for them.
 *
 * <p>The network should be frozen: otherwise passes record a graph, which is right but takes time
 * and memory. Nothing native outlives a call. Used by one thread at a time, the network's.
 */
public final class CamInference {
  private final CamNetwork network;
  private final CamConfig config;
  private final NDManager parent;

  /**
   * @param parent on the network's device; each call works in a manager below it
   */
  public CamInference(CamNetwork network, CamConfig config, NDManager parent) {
    this.network = network;
    this.config = config;
    this.parent = parent;
  }

  /** What the network says of one picture. */
  public Prediction predict(LabelledPicture picture) {
    return predict(List.of(picture)).get(0);
  }

  /**
   * What the network says of pictures of one size, in their order; the same as one by one but for
   * rounding.
   *
   * @throws IllegalArgumentException if sizes differ
   */
  public List<Prediction> predict(List<LabelledPicture> pictures) {
    for (LabelledPicture picture : pictures) {
      if (!picture.hasSizeOf(pictures.get(0))) {
        throw new IllegalArgumentException(
            "pictures of different sizes in one pass: '"
                + pictures.get(0).example().id()
                + "' and '"
                + picture.example().id()
                + "'");
      }
    }
    try (NDManager manager = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return predict(manager, pictures);
    }
  }

  private List<Prediction> predict(NDManager manager, List<LabelledPicture> pictures) {
    int count = pictures.size();
    RgbImage size = pictures.get(0).image();
    LabelledMaps labelled =
        new LabelledMaps(pictures.stream().map(LabelledPicture::example).toList());
    NDArray images = normalised(manager, pictures);
    NDArray both = config.flip() ? images.concat(images.flip(3), 0) : images;
    NDArray sum =
        manager.zeros(new Shape(Math.max(1, labelled.count()), 1, size.height(), size.width()));
    float[] logits = null;
    for (double scale : config.scales()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray maps = maps(both, scale);
        if (scale == 1) {
          logits = probabilities(maps, count);
        }
        if (labelled.count() > 0) {
          NDArray present = labelled.select(rectified(maps, count));
          sum.addi(Bilinear.resize(present, size.height(), size.width()));
        }
      }
    }
    float[] probabilities = logits != null ? logits : probabilities(maps(images, 1), count);
    return predictions(pictures, probabilities, labelled, sum.toFloatArray());
  }

  /** B×3×H×W. */
  private NDArray normalised(NDManager manager, List<LabelledPicture> pictures) {
    RgbImage size = pictures.get(0).image();
    ByteBuffer bytes = ByteBuffer.allocateDirect(pictures.size() * size.rgb().length);
    pictures.forEach(picture -> bytes.put(picture.image().rgb()));
    bytes.flip();
    InputSpec input = network.input();
    Shape interleaved = new Shape(pictures.size(), size.height(), size.width(), 3);
    return manager
        .create(bytes, interleaved, DataType.UINT8)
        .toType(DataType.FLOAT32, false)
        .transpose(0, 3, 1, 2)
        .sub(channels(manager, input.mean()))
        .div(channels(manager, input.deviation()));
  }

  private static NDArray channels(NDManager manager, List<Float> values) {
    float[] three = {values.get(0), values.get(1), values.get(2)};
    return manager.create(three, new Shape(1, 3, 1, 1));
  }

  private NDArray maps(NDArray images, double scale) {
    int height = scaled(images.getShape().get(2), scale);
    int width = scaled(images.getShape().get(3), scale);
    return network.evaluate(Bilinear.resize(images, height, width)).maps();
  }

  private int scaled(long side, double scale) {
    return (int) Math.max(network.shortestSide(), Math.round((double) side * scale));
  }

  private NDArray rectified(NDArray maps, int count) {
    NDArray positive = Activation.relu(maps);
    if (!config.flip()) {
      return positive;
    }
    return positive
        .get(new NDIndex("0:{}", count))
        .add(positive.get(new NDIndex("{}:", count)).flip(3));
  }

  /** B·K values. */
  private float[] probabilities(NDArray maps, int count) {
    NDArray unmirrored = maps.get(new NDIndex("0:{}", count));
    return Activation.sigmoid(network.logits(unmirrored)).toFloatArray();
  }

  private static List<Prediction> predictions(
      List<LabelledPicture> pictures, float[] probabilities, LabelledMaps labelled, float[] maps) {
    int classes = probabilities.length / pictures.size();
    List<Prediction> predictions = new ArrayList<>();
    int firstMap = 0;
    for (int i = 0; i < pictures.size(); i++) {
      LabelledPicture picture = pictures.get(i);
      int[] present = labelled.classesOf(i);
      float[] own = new float[classes];
      System.arraycopy(probabilities, i * classes, own, 0, classes);
      var map =
          WinnerTakesPixel.map(
              picture.image().width(), picture.image().height(), present, maps, firstMap);
      firstMap += present.length;
      predictions.add(new Prediction(picture.example(), own, map, picture.truth()));
    }
    return predictions;
  }
}
