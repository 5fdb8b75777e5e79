package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTablesTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  private static AblationRow row(String cell, long seed, double miou, String... stages) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(
        StageTables.LAST,
        List.of(
            new Score("miou", "train", Double.NaN, miou + 0.02, List.of()),
            new Score("miou", "val", Double.NaN, miou, List.of(0.5, miou, Double.NaN)),
            new Score("precision", "val", Double.NaN, 0.6, List.of()),
            new Score("boundary-f", "val", Double.NaN, 0.4, List.of())));
    for (String stage : stages) {
      List<Score> own = new ArrayList<>();
      own.add(new Score("miou", "train", Double.NaN, miou + 0.01, List.of()));
      if (!stage.equals("pseudo-labels")) {
        own.add(new Score("miou", "val", Double.NaN, miou - 0.01, List.of()));
      }
      scores.put(stage, own);
    }
    return new AblationRow(cell, Map.of("crf", cell), seed, "val", scores);
  }

  private static final List<AblationRow> ROWS =
      List.of(
          row("off", 1, 0.25, "seeds", "pseudo-labels"),
          row("off", 2, 0.27, "seeds", "pseudo-labels"),
          row("on", 1, 0.30, "seeds", "refine-crf", "pseudo-labels"),
          row("on", 2, 0.33, "seeds", "refine-crf", "pseudo-labels"));

  @Test
  void comparesTheLastMasksAndShowsEveryStageInTheOrderOfItsPipeline() {
    assertThat(new StageTables(CLASSES, "off", ROWS).terminal())
        .isEqualTo(
            """
            Masks in per cent; mean ± sample standard deviation over seeds 1, 2.

            The last masks of split 'val'
              cell          mIoU     precision  recall    boundary F  pairs  difference  bootstrap 95 %   Student t 95 %
              off   26.00 ± 1.41  60.00 ± 0.00       –  40.00 ± 0.00           baseline
              on    31.50 ± 2.12  60.00 ± 0.00       –  40.00 ± 0.00      2       +5.50  [+5.00, +6.00]  [-0.85, +11.85]

            The maps' masks (seeds) of split 'val'
              cell          mIoU  precision  recall  boundary F  pairs  difference  bootstrap 95 %   Student t 95 %
              off   25.00 ± 1.41          –       –           –           baseline
              on    30.50 ± 2.12          –       –           –      2       +5.50  [+5.00, +6.00]  [-0.85, +11.85]

            mIoU of the masks of split 'val' stage by stage
              cell         seeds    refine-crf
              off   25.00 ± 1.41             –
              on    30.50 ± 2.12  30.50 ± 2.12

            The last masks of split 'train'
              cell          mIoU  precision  recall  boundary F  pairs  difference  bootstrap 95 %   Student t 95 %
              off   28.00 ± 1.41          –       –           –           baseline
              on    33.50 ± 2.12          –       –           –      2       +5.50  [+5.00, +6.00]  [-0.85, +11.85]

            The maps' masks (seeds) of split 'train'
              cell          mIoU  precision  recall  boundary F  pairs  difference  bootstrap 95 %   Student t 95 %
              off   27.00 ± 1.41          –       –           –           baseline
              on    32.50 ± 2.12          –       –           –      2       +5.50  [+5.00, +6.00]  [-0.85, +11.85]

            mIoU of the masks of split 'train' stage by stage
              cell         seeds    refine-crf  pseudo-labels
              off   27.00 ± 1.41             –   27.00 ± 1.41
              on    32.50 ± 2.12  32.50 ± 2.12   32.50 ± 2.12

            IoU by class of the last masks of split 'val': off, and differences to it
              class                off     on
              background  50.00 ± 0.00  +0.00
              cat         26.00 ± 1.41  +5.50
              dog                    –      –

            Differences are to 'off', paired by seed; the bootstrap draws seeds 10,000 times.
            With so few pairs it runs from the smallest to the largest difference: above zero means that
            every seed gained, which chance does once in 4. Student's t assumes normal differences.
            """);
  }

  @Test
  void tablesForProgramsNameStageAndSplit() {
    StageTables tables = new StageTables(CLASSES, "off", ROWS.subList(0, 1));
    assertThat(tables.csv())
        .isEqualTo(
            """
            cell,seed,split,stage,miou,precision,recall,boundary_f,image_map
            off,1,val,masks,0.250000,0.600000,,0.400000,
            off,1,train,masks,0.270000,,,,
            off,1,val,seeds,0.240000,,,,
            off,1,train,seeds,0.260000,,,,
            off,1,train,pseudo-labels,0.260000,,,,
            """);
    assertThat(tables.scoresCsv())
        .startsWith("crf,metric,name,mode,class,seed,value\noff,masks,miou,train,mean,1,0.270000\n")
        .contains("off,masks,miou,val,cat,1,0.250000\n");
    assertThat(tables.notes()).isEmpty();
  }

  /** Split train has no masks here. */
  @Test
  void imageMapHasATableOfItsOwnForEachSplit() {
    List<AblationRow> rows = List.of(withImageMap("off", 0.8), withImageMap("on", 0.85));
    StageTables tables = new StageTables(CLASSES, "off", rows);
    assertThat(tables.terminal())
        .isEqualTo(
            """
            Masks in per cent, seed 1.

            The last masks of split 'val'
              cell   mIoU  precision  recall  boundary F  pairs  difference  bootstrap 95 %  Student t 95 %
              off   50.00          –       –           –           baseline
              on    50.00          –       –           –      1       +0.00               –               –

            mIoU of the masks of split 'val' stage by stage
              cell  seeds
              off   50.00
              on    50.00

            Image-level mean average precision on split 'val'
              cell    mAP  pairs  difference  bootstrap 95 %  Student t 95 %
              off   80.00           baseline
              on    85.00      1       +5.00               –               –

            Image-level mean average precision on split 'train'
              cell    mAP  pairs  difference  bootstrap 95 %  Student t 95 %
              off   90.00           baseline
              on    90.00      1       +0.00               –               –

            Differences are to 'off', paired by seed; the bootstrap draws seeds 10,000 times.
            One seed gives no interval.
            """);
    assertThat(tables.csv())
        .isEqualTo(
            """
            cell,seed,split,stage,miou,precision,recall,boundary_f,image_map
            off,1,val,masks,0.500000,,,,
            off,1,val,seeds,0.500000,,,,0.800000
            off,1,train,seeds,,,,,0.900000
            on,1,val,masks,0.500000,,,,
            on,1,val,seeds,0.500000,,,,0.850000
            on,1,train,seeds,,,,,0.900000
            """);
    assertThat(tables.scoresCsv())
        .contains("off,seeds,map,val,mean,1,0.800000\noff,seeds,map,val,cat,1,0.800000\n");
  }

  @Test
  void masksThatNeedNoNetworkStandBelowTheCells() {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(StageTables.LAST, List.of(new Score("miou", "val", Double.NaN, 0.5, List.of())));
    scores.put(
        StageTables.TRIVIAL,
        List.of(
            new Score("background alone", "val", Double.NaN, 0.04, List.of()),
            new Score("background alone", "train", Double.NaN, 0.05, List.of())));
    AblationRow row = new AblationRow("off", Map.of("crf", "off"), 1, "val", scores);

    StageTables tables = new StageTables(CLASSES, "off", List.of(row));

    assertThat(tables.tables().get(0).terminal())
        .isEqualTo(
            """
            The last masks of split 'val'
              cell               mIoU  precision  recall  boundary F  pairs  difference  bootstrap 95 %  Student t 95 %
              off               50.00          –       –           –           baseline
              background alone   4.00
            """);
    assertThat(tables.scoresCsv()).contains("off,trivial,background alone,val,mean,1,0.040000\n");
  }

  @Test
  void imageMapIsThereWithoutAnyMasks() {
    Score map = new Score("map", "val", Double.NaN, 0.8, List.of());
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(StageTables.LAST, List.of());
    scores.put("seeds", List.of(map));
    AblationRow row = new AblationRow("off", Map.of("crf", "off"), 1, "val", scores);
    assertThat(new StageTables(CLASSES, "off", List.of(row)).terminal())
        .isEqualTo(
            """
            Image-level scores in per cent, seed 1.

            Image-level mean average precision on split 'val'
              cell    mAP  pairs  difference  bootstrap 95 %  Student t 95 %
              off   80.00           baseline
            """);
  }

  private static AblationRow withImageMap(String cell, double map) {
    Score miou = new Score("miou", "val", Double.NaN, 0.5, List.of());
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(StageTables.LAST, List.of(miou));
    scores.put(
        "seeds",
        List.of(
            miou,
            new Score("map", "train", Double.NaN, 0.9, List.of(0.9, 0.9)),
            new Score("map", "val", Double.NaN, map, List.of(map, map))));
    return new AblationRow(cell, Map.of("crf", cell), 1, "val", scores);
  }

  @Test
  void saysWhereThereIsNothingToCompareWith() {
    AblationRow none = new AblationRow("off", Map.of(), 1, "train", Map.of());
    StageTables tables = new StageTables(CLASSES, "off", List.of(none));
    assertThat(tables.terminal()).isEqualTo("There are no exact masks to compare with.\n");
    assertThat(tables.csv())
        .isEqualTo("cell,seed,split,stage,miou,precision,recall,boundary_f,image_map\n");
  }
}
