package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.image.BilinearResize;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Class activation maps of whole pictures, over scales and mirror images.
 *
 * <p>For B pictures of one size H×W:
 *
 * <ol>
 *   <li>pictures larger than {@link CamConfig#pictureSide()} are scaled down to it; pictures and
 *       their mirror images, 2B in all, are resized bilinearly by each scale (to at least the
 *       model's shortest side) and run through it: raw maps 2B×K×h×w;
 *   <li>ReLU; the mirror images' maps are mirrored back and added: B×K×h×w;
 *   <li>of the B·K maps only the n of labelled classes are kept, resized bilinearly to n×H×W (half
 *       pixel centres), and summed over the scales;
 *   <li>each is divided by its own maximum + 1e-5, and each pixel goes to the class with the
 *       largest score (the lowest of equals): {@link PictureMaps}.
 * </ol>
 *
 * <p>A picture without labels has a map of zeros. The probabilities are the sigmoid of the logits
 * of the unmirrored picture at scale 1, for all K classes whatever the labels; where the scales
 * lack 1 that pass is run for them.
 *
 * <p>Used by one thread at a time; several may share a model.
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
    List<RgbImage> images = pictures.stream().map(LabelledPicture::image).toList();
    List<Example> examples = pictures.stream().map(LabelledPicture::example).toList();
    List<PictureMaps> maps = maps(images, examples, source);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      PictureMaps own = maps.get(i);
      predictions.add(
          new Prediction(
              own.example(), own.probabilities(), own.winners(), pictures.get(i).truth()));
    }
    return predictions;
  }

  /**
   * The maps of pictures of one size.
   *
   * @param examples names and labels, picture by picture
   * @param source which labels count
   * @throws IllegalArgumentException as {@link #predict(List, LabelSource)}
   */
  public List<PictureMaps> maps(
      List<RgbImage> pictures, List<Example> examples, LabelSource source) {
    requireOneSize(pictures, examples);
    int height = pictures.get(0).height();
    int width = pictures.get(0).width();
    List<RgbImage> looked = pictures.stream().map(this::scaledDown).toList();
    boolean ahead = !model.mapsAreAskedFor(); // else labels first, and then the maps of theirs
    RawMaps unscaled =
        run(looked, 1, ahead && config.flip() && config.scales().contains(1.0), new BitSet());
    List<Example> labelled = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    List<MapSum> sums = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      probabilities.add(probabilities(unscaled, i));
      Example example = source.label(examples.get(i), probabilities.get(i));
      requireKnown(example, unscaled.classes());
      labelled.add(example);
      sums.add(new MapSum(example.labels().stream().toArray(), height, width));
    }
    BitSet classes = new BitSet();
    labelled.forEach(example -> classes.or(example.labels()));
    if (!classes.isEmpty()) {
      for (double scale : config.scales()) {
        RawMaps raw = scale == 1 && ahead ? unscaled : run(looked, scale, config.flip(), classes);
        for (int i = 0; i < sums.size(); i++) {
          sums.get(i).add(raw, i, config.flip() ? sums.size() + i : -1);
        }
      }
    }
    List<PictureMaps> maps = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      maps.add(
          PictureMaps.of(
              labelled.get(i), probabilities.get(i), width, height, sums.get(i).values()));
    }
    return maps;
  }

  /**
   * The activations of classes in one picture, added up over scales and mirror images and not yet
   * divided by their largest: what parts of a picture are put together from.
   *
   * @param classes foreground classes
   * @param width of the maps that are wanted
   * @return 0 or more, n×height×width, classes ascending
   */
  public float[] activations(RgbImage picture, BitSet classes, int width, int height) {
    MapSum sum = new MapSum(classes.stream().toArray(), height, width);
    List<RgbImage> looked = List.of(scaledDown(picture));
    for (double scale : config.scales()) {
      sum.add(run(looked, scale, config.flip(), classes), 0, config.flip() ? 1 : -1);
    }
    return sum.values();
  }

  private RgbImage scaledDown(RgbImage picture) {
    return BilinearResize.atMost(picture, config.pictureSide());
  }

  private static void requireOneSize(List<RgbImage> pictures, List<Example> examples) {
    for (int i = 1; i < pictures.size(); i++) {
      if (pictures.get(i).width() != pictures.get(0).width()
          || pictures.get(i).height() != pictures.get(0).height()) {
        throw new IllegalArgumentException(
            "pictures of different sizes in one pass: '"
                + examples.get(0).id()
                + "' and '"
                + examples.get(i).id()
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

  private RawMaps run(List<RgbImage> pictures, double scale, boolean mirrored, BitSet classes) {
    int height = scaled(pictures.get(0).height(), scale);
    int width = scaled(pictures.get(0).width(), scale);
    return model.run(planes.of(pictures, mirrored, height, width), false, classes);
  }

  private int scaled(int side, double scale) {
    return (int) Math.max(model.shortestSide(), Math.round(side * scale));
  }

  private static float[] probabilities(RawMaps raw, int row) {
    float[] probabilities = new float[raw.classes()];
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = (float) (1 / (1 + Math.exp(-raw.logits()[row * raw.classes() + k])));
    }
    return probabilities;
  }
}
