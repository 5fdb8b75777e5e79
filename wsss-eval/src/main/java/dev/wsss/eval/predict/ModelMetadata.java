package dev.wsss.eval.predict;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.onnx.ModelTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@link ModelInfo} as the texts in a model file: lists have an element a line. */
public final class ModelMetadata {
  private static final String CLASSES = "wsss.classes";
  private static final String SCALES = "wsss.scales";
  private static final String FLIP = "wsss.flip";
  private static final String MASK_THRESHOLD = "wsss.mask_threshold";
  private static final String MASK_THRESHOLD_MODE = "wsss.mask_threshold_mode";
  private static final String LABEL_THRESHOLDS = "wsss.label_thresholds";
  private static final String LABEL_THRESHOLDS_MODE = "wsss.label_thresholds_mode";
  private static final String PICTURE_SIDE = "wsss.picture_side";

  /** Pictures come one by one; see {@link CamConfig#pixelsPerPass()}. */
  private static final int ONE_PICTURE = 1;

  private ModelMetadata() {}

  /** Texts by key. */
  public static Map<String, String> write(ModelInfo info) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(CLASSES, String.join("\n", info.classes().foreground()));
    texts.put(SCALES, lines(info.cams().scales()));
    texts.put(FLIP, Boolean.toString(info.cams().flip()));
    texts.put(MASK_THRESHOLD, Double.toString(info.maskThreshold()));
    texts.put(MASK_THRESHOLD_MODE, info.maskThresholdMode());
    texts.put(LABEL_THRESHOLDS, lines(info.labels().byClass()));
    texts.put(LABEL_THRESHOLDS_MODE, info.labels().mode());
    texts.put(PICTURE_SIDE, Integer.toString(info.pictureSide()));
    return texts;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws dev.wsss.eval.onnx.ModelFileException if something is missing or impossible
   */
  public static ModelInfo read(ModelTexts texts) {
    List<String> classes = texts.lines(CLASSES);
    if (classes.contains("")) {
      throw texts.wrong(CLASSES, "a name a line");
    }
    List<Double> labels = texts.shares(LABEL_THRESHOLDS);
    if (labels.size() != classes.size()) {
      throw texts.wrong(
          LABEL_THRESHOLDS, "one number for each of %d classes".formatted(classes.size()));
    }
    return new ModelInfo(
        texts.valid(CLASSES, () -> new ClassNames(classes)),
        texts.valid(
            SCALES,
            () ->
                new CamConfig(
                    texts.numbers(SCALES, CamConfig.LEAST_SCALE, CamConfig.LARGEST_SCALE),
                    texts.flag(FLIP),
                    ONE_PICTURE)),
        texts.share(MASK_THRESHOLD),
        texts.text(MASK_THRESHOLD_MODE),
        new LabelThresholds(labels, texts.text(LABEL_THRESHOLDS_MODE)),
        texts.count(PICTURE_SIDE, PictureFile.LONGEST_SIDE));
  }

  private static String lines(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }
}
