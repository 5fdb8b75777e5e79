package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.metric.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Class activation maps of whole pictures, over scales and mirror images.
 *
 * <p>For B pictures of one size H×W:
 *
 * <ol>
 *   <li>pictures and their mirror images, 2B×3×H×W, are resized bilinearly by each scale (to at
 *       least the model's shortest side) and run through it: raw maps 2B×K×h×w;
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
 * <p>Used by one thread at a time; several may share a model that allows it.
 */
public final class CamInference {
  private final CamModel model;
  private final CamConfig config;
  private final PixelPlanes planes = new PixelPlanes();

  /**
   * @param model not closed by this
   */
  public CamInference(CamModel model, CamConfig config) {
    this.model = model;
    this.config = config;
  }

  /** What the network says of one picture. */
  public Prediction predict(LabelledPicture picture) {
    return predict(List.of(picture)).get(0);
  }

  /** What the network says of pictures of one size with the labels they have. */
  public List<Prediction> predict(List<LabelledPicture> pictures) {
    return predict(pictures, LabelSource.GIVEN);
  }

  /**
   * What the network says of pictures of one size, in their order; the same as one by one but for
   * rounding.
   *
   * @throws IllegalArgumentException if sizes differ, or a label is beyond the network's last class
   */
  public List<Prediction> predict(List<LabelledPicture> pictures, LabelSource source) {
    requireOneSize(pictures);
    RgbImage size = pictures.get(0).image();
    RawMaps unscaled = run(pictures, 1, config.flip() && config.scales().contains(1.0));
    List<float[]> probabilities = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    int maps = 0;
    for (int i = 0; i < pictures.size(); i++) {
      probabilities.add(probabilities(unscaled, i));
      Example example = source.label(pictures.get(i).example(), probabilities.get(i));
      requireKnown(example, unscaled.classes());
      examples.add(example);
      maps += example.labels().cardinality();
    }
    MapSum sum = new MapSum(maps, size.height(), size.width());
    if (maps > 0) {
      for (double scale : config.scales()) {
        add(sum, examples, scale == 1 ? unscaled : run(pictures, scale, config.flip()));
      }
    }
    return predictions(pictures, examples, probabilities, sum.values());
  }

  private static void requireOneSize(List<LabelledPicture> pictures) {
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
  }

  private static void requireKnown(Example example, int classes) {
    int last = example.labels().length() - 1;
    if (last >= classes) {
      throw new IllegalArgumentException(
          "picture '%s' has label %d, but the network's last class is %d"
              .formatted(example.id(), last, classes - 1));
    }
  }

  private RawMaps run(List<LabelledPicture> pictures, double scale, boolean mirrored) {
    RgbImage size = pictures.get(0).image();
    List<RgbImage> images = pictures.stream().map(LabelledPicture::image).toList();
    int height = scaled(size.height(), scale);
    int width = scaled(size.width(), scale);
    return model.run(planes.of(images, mirrored, height, width), false);
  }

  private int scaled(int side, double scale) {
    return (int) Math.max(model.shortestSide(), Math.round(side * scale));
  }

  private void add(MapSum sum, List<Example> examples, RawMaps raw) {
    int map = 0;
    for (int i = 0; i < examples.size(); i++) {
      int mirror = config.flip() ? examples.size() + i : -1;
      for (int k : classesOf(examples.get(i))) {
        sum.add(map++, raw, i, mirror, k);
      }
    }
  }

  private static float[] probabilities(RawMaps raw, int row) {
    float[] probabilities = new float[raw.classes()];
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = (float) (1 / (1 + Math.exp(-raw.logits()[row * raw.classes() + k])));
    }
    return probabilities;
  }

  private static List<Prediction> predictions(
      List<LabelledPicture> pictures,
      List<Example> examples,
      List<float[]> probabilities,
      float[] maps) {
    List<Prediction> predictions = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < pictures.size(); i++) {
      LabelledPicture picture = pictures.get(i);
      RgbImage image = picture.image();
      int[] present = classesOf(examples.get(i));
      var map = WinnerTakesPixel.map(image.width(), image.height(), present, maps, first);
      first += present.length;
      predictions.add(new Prediction(examples.get(i), probabilities.get(i), map, picture.truth()));
    }
    return predictions;
  }

  /** Labelled foreground classes, ascending. */
  private static int[] classesOf(Example example) {
    return example.labels().stream().toArray();
  }
}
