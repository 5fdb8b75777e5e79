package dev.wsss.train.pipeline;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.Confusion;
import dev.wsss.eval.metric.MaskScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a stage's masks of a split are, all shares 0…1.
 *
 * @param pictures that have an exact mask
 * @param miou mean IoU over background and classes
 * @param precision mean over the same
 * @param recall mean over the same
 * @param boundaryF boundary F-measure, mean over classes
 * @param iou by the name of the class, background among them; without classes that do not occur
 * @param trivial mean IoU of masks that need no network, by what they are
 * @param errors where the wrong pixels are, as shares of all
 * @param confused which class takes whose pixels, the most first
 */
public record MaskQuality(
    int pictures,
    double miou,
    double precision,
    double recall,
    double boundaryF,
    Map<String, Double> iou,
    Map<String, Double> trivial,
    Map<String, Double> errors,
    List<Taken> confused) {
  private static final String FILE = "scores.json";
  private static final int PAIRS = 10;

  /**
   * Pixels of one class that another one took.
   *
   * @param of the true class
   * @param by the other
   * @param share of the true class's pixels
   */
  public record Taken(String of, String by, double share) {}

  static MaskQuality of(MaskScores scores, ClassNames classes) {
    Confusion confusion = scores.masks().confusion();
    Map<String, Double> iou = new LinkedHashMap<>();
    double[] byIndex = confusion.iou();
    for (int index = 0; index < byIndex.length; index++) {
      if (!Double.isNaN(byIndex[index])) {
        iou.put(classes.ofMaskIndex(index), byIndex[index]);
      }
    }
    Map<String, Double> trivial = new LinkedHashMap<>();
    trivial.put("background alone", scores.background().confusion().miou());
    trivial.put("the label everywhere", scores.whole().confusion().miou());
    trivial.put("the label on a disc", scores.disc().confusion().miou());
    Map<String, Double> errors = new LinkedHashMap<>();
    errors.put("a class missed", confusion.errors().missed());
    errors.put("background taken for a class", confusion.errors().invented());
    errors.put("a class taken for another", confusion.errors().confused());
    return new MaskQuality(
        scores.pictures(),
        confusion.miou(),
        confusion.meanPrecision(),
        confusion.meanRecall(),
        scores.masks().boundary().mean(),
        iou,
        trivial,
        errors,
        confusion.pairs().stream()
            .limit(PAIRS)
            .map(
                pair ->
                    new Taken(
                        classes.ofMaskIndex(pair.truth()),
                        classes.ofMaskIndex(pair.predicted()),
                        pair.shareOfTruth()))
            .toList());
  }

  /** Writes {@code scores.json} of a stage's folder. */
  static void write(Path folder, Map<String, MaskQuality> bySplit) throws IOException {
    new SplitFile(folder.resolve(FILE)).write(bySplit);
  }

  /**
   * Reads it, by split; empty where the stage makes no masks.
   *
   * @throws PipelineException if it is damaged
   */
  static Map<String, MaskQuality> read(Path folder) throws IOException {
    return new SplitFile(folder.resolve(FILE)).read(MaskQuality.class);
  }
}
