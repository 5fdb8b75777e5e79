package dev.wsss.train.cli;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.Confusion;
import dev.wsss.eval.metric.MaskScores;
import dev.wsss.train.progress.TextColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** The numbers of a folder of masks as text. */
record MaskScoreTable(MaskScores scores, ClassNames classes) {
  private static final int PAIRS = 10;

  /** Four tables, the most important number first. */
  String text(Path masks, String split) {
    return "%s, %s of split '%s'%s\n\n%s\n\n%s\n\n%s"
        .formatted(
            masks,
            Counted.of(scores.pictures(), "picture"),
            split,
            scores.unmasked() == 0
                ? ""
                : "; left out for want of an exact mask: " + scores.unmasked(),
            kinds(),
            byClass(),
            confused());
  }

  private Map<String, MaskScores.Tally> tallies() {
    Map<String, MaskScores.Tally> tallies = new LinkedHashMap<>();
    tallies.put("these masks", scores.masks());
    tallies.put("background alone", scores.background());
    tallies.put("the label everywhere", scores.whole());
    tallies.put("the label on a disc", scores.disc());
    return tallies;
  }

  private String kinds() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "   mIoU", "boundary F"));
    tallies()
        .forEach(
            (name, tally) ->
                rows.add(
                    List.of(
                        name,
                        percent(tally.confusion().miou()),
                        percent(tally.boundary().mean()))));
    return TextColumns.of(rows);
  }

  private String byClass() {
    double[] iou = scores.masks().confusion().iou();
    double[] boundary = scores.masks().boundary().byIndex();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "    IoU", "boundary F"));
    for (int index = 0; index < iou.length; index++) {
      rows.add(List.of(classes.ofMaskIndex(index), percent(iou[index]), percent(boundary[index])));
    }
    return TextColumns.of(rows);
  }

  private String confused() {
    Confusion confusion = scores.masks().confusion();
    Confusion.Errors errors = confusion.errors();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("wrong, of all pixels", ""));
    rows.add(List.of("a class missed", percent(errors.missed())));
    rows.add(List.of("background taken for a class", percent(errors.invented())));
    rows.add(List.of("a class taken for another", percent(errors.confused())));
    List<Confusion.Pair> pairs = confusion.pairs();
    for (Confusion.Pair pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
      rows.add(
          List.of(
              "  %s for %s"
                  .formatted(
                      classes.ofMaskIndex(pair.truth()), classes.ofMaskIndex(pair.predicted())),
              percent(pair.shareOfTruth()) + " of " + classes.ofMaskIndex(pair.truth())));
    }
    return TextColumns.of(rows);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "      –" : String.format(Locale.ROOT, "%5.1f %%", 100 * share);
  }

  /**
   * The same with all digits and all pairs: {@code masks,score,class,other,value}; a score without
   * a class is the mean, a pair says the class and which other one took the share of its pixels.
   */
  String csv() {
    StringBuilder csv = new StringBuilder("masks,score,class,other,value\n");
    tallies()
        .forEach(
            (name, tally) -> {
              line(csv, name, "miou", "", "", tally.confusion().miou());
              line(csv, name, "boundary-f", "", "", tally.boundary().mean());
              double[] iou = tally.confusion().iou();
              double[] boundary = tally.boundary().byIndex();
              for (int index = 0; index < iou.length; index++) {
                line(csv, name, "iou", classes.ofMaskIndex(index), "", iou[index]);
                line(csv, name, "boundary-f", classes.ofMaskIndex(index), "", boundary[index]);
              }
            });
    for (Confusion.Pair pair : scores.masks().confusion().pairs()) {
      String of = classes.ofMaskIndex(pair.truth());
      String as = classes.ofMaskIndex(pair.predicted());
      line(csv, "these masks", "taken", of, as, pair.shareOfTruth());
    }
    return csv.toString();
  }

  private static void line(
      StringBuilder csv, String masks, String score, String of, String other, double value) {
    if (!Double.isNaN(value)) {
      csv.append(CSVFormat.DEFAULT.format(masks, score, of, other, value)).append('\n');
    }
  }
}
