package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationTableTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  private static final List<AblationRow> ROWS =
      List.of(
          row("baseline", 1, 0.30, 0.27),
          row("baseline", 2, 0.32, 0.30),
          row("baseline", 3, 0.31, 0.31),
          row("full, ema", 1, 0.33, 0.25),
          row("full, ema", 2, 0.34, 0.25),
          row("full, ema", 3, 0.35, 0.25));

  private static AblationRow row(String cell, long seed, double miou, double threshold) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(
        "cam-miou",
        List.of(
            new Score("miou", "held-out", threshold, miou, List.of(0.7, miou - 0.1, Double.NaN)),
            new Score("precision", "held-out", threshold, 0.5, List.of()),
            new Score("recall", "held-out", threshold, Double.NaN, List.of())));
    scores.put("image-map", List.of(new Score("map", "none", Double.NaN, 0.9, List.of(0.9, 0.9))));
    Map<String, String> levels = Map.of("rcm", cell.equals("baseline") ? "off" : "on, ema");
    return new AblationRow(cell, levels, seed, "val", scores);
  }

  /** What metrics of other jars give: a second cam-miou, and one with a threshold of its own. */
  private static AblationRow plugins(String cell, long seed, double value) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put("cam-miou", List.of(new Score("miou", "oracle", 0.3, value, List.of())));
    scores.put("fine", List.of(new Score("miou", "oracle", 0.2, value + 0.1, List.of())));
    scores.put(
        "edges",
        List.of(
            new Score("f1", "held-out", 0.4, value - 0.1, List.of()),
            new Score("recall", "held-out", 0.4, 0.5, List.of()),
            new Score("distance", "held-out", 0.6, 0.25, List.of()),
            new Score("count", "none", Double.NaN, 0.125, List.of())));
    return new AblationRow(cell, Map.of(), seed, "val", scores);
  }

  @Test
  void showsEveryScoreOfEveryMetric() {
    List<AblationRow> rows = List.of(plugins("baseline", 1, 0.5), plugins("more", 1, 0.6));
    assertThat(new AblationTable(CLASSES, "baseline", rows).terminal())
        .isEqualTo(
            """
            Scores on split 'val' in per cent, seed 1.

            CAM mIoU of cam-miou, threshold oracle (chosen on the reported pictures: an upper bound)
              cell       mIoU  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  50.00       0.30           baseline
              more      60.00       0.30      1      +10.00               –               –

            CAM mIoU of fine, threshold oracle (chosen on the reported pictures: an upper bound)
              cell       mIoU  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  60.00       0.20           baseline
              more      70.00       0.20      1      +10.00               –               –

            f1, threshold held-out (chosen on pictures set apart)
              cell         f1  recall  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  40.00   50.00       0.40           baseline
              more      50.00   50.00       0.40      1      +10.00               –               –

            distance, threshold held-out (chosen on pictures set apart)
              cell      distance  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline     25.00       0.60           baseline
              more         25.00       0.60      1       +0.00               –               –

            count, no threshold
              cell      count  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  12.50           baseline
              more      12.50      1       +0.00               –               –

            Differences are to 'baseline', paired by seed; the bootstrap draws seeds 10,000 times.
            One seed gives no interval.
            """);
  }

  @Test
  void numbersOfOtherClassesAreNumbered() {
    Score score = new Score("map", "none", Double.NaN, 0.5, List.of(0.1, 0.2, 0.3, 0.9));
    Map<String, List<Score>> scores = Map.of("image-map", List.of(score));
    AblationRow row = new AblationRow("baseline", Map.of(), 1, "val", scores);
    assertThat(new AblationTable(CLASSES, "baseline", List.of(row)).scoresCsv())
        .isEqualTo(
            """
            metric,name,mode,class,seed,value
            image-map,map,none,mean,1,0.500000
            image-map,map,none,0,1,0.100000
            image-map,map,none,1,1,0.200000
            image-map,map,none,2,1,0.300000
            image-map,map,none,3,1,0.900000
            """);
  }

  @Test
  void writesEveryNumberOfEveryRun() {
    assertThat(new AblationTable(CLASSES, "baseline", ROWS.subList(2, 4)).scoresCsv())
        .isEqualTo(
            """
            rcm,metric,name,mode,class,seed,value
            off,cam-miou,miou,held-out,mean,3,0.310000
            off,cam-miou,miou,held-out,background,3,0.700000
            off,cam-miou,miou,held-out,cat,3,0.210000
            off,cam-miou,precision,held-out,mean,3,0.500000
            off,image-map,map,none,mean,3,0.900000
            off,image-map,map,none,cat,3,0.900000
            off,image-map,map,none,dog,3,0.900000
            "on, ema",cam-miou,miou,held-out,mean,1,0.330000
            "on, ema",cam-miou,miou,held-out,background,1,0.700000
            "on, ema",cam-miou,miou,held-out,cat,1,0.230000
            "on, ema",cam-miou,precision,held-out,mean,1,0.500000
            "on, ema",image-map,map,none,mean,1,0.900000
            "on, ema",image-map,map,none,cat,1,0.900000
            "on, ema",image-map,map,none,dog,1,0.900000
            """);
  }

  @Test
  void printsForATerminal() {
    assertThat(new AblationTable(CLASSES, "baseline", ROWS).terminal())
        .isEqualTo(
            """
            Scores on split 'val' in per cent; mean ± sample standard deviation over seeds 1, 2, 3.

            CAM mIoU, threshold held-out (chosen on pictures set apart)
              cell               mIoU     precision  recall  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline   31.00 ± 1.00  50.00 ± 0.00       –  0.27–0.31           baseline
              full, ema  34.00 ± 1.00  50.00 ± 0.00       –       0.25      3       +3.00  [+2.00, +4.00]  [+0.52, +5.48]

            Image-level mean average precision, no threshold
              cell                mAP  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline   90.00 ± 0.00           baseline
              full, ema  90.00 ± 0.00      3       +0.00  [+0.00, +0.00]  [+0.00, +0.00]

            IoU by class, threshold held-out: baseline, and differences to it
              class           baseline  full, ema
              background  70.00 ± 0.00      +0.00
              cat         21.00 ± 1.00      +3.00
              dog                    –          –

            Differences are to 'baseline', paired by seed; the bootstrap draws seeds 10,000 times.
            With so few pairs it runs from the smallest to the largest difference: above zero means that
            every seed gained, which chance does once in 8. Student's t assumes normal differences.
            """);
  }

  @Test
  void printsMarkdown() {
    assertThat(new AblationTable(CLASSES, "baseline", ROWS).markdown())
        .isEqualTo(
            """
            Scores on split 'val' in per cent; mean ± sample standard deviation over seeds 1, 2, 3.

            **CAM mIoU, threshold held-out (chosen on pictures set apart)**

            | cell | mIoU | precision | recall | threshold | pairs | difference | bootstrap 95 % | Student t 95 % |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|
            | baseline | 31.00 ± 1.00 | 50.00 ± 0.00 | – | 0.27–0.31 |  | baseline |  |  |
            | full, ema | 34.00 ± 1.00 | 50.00 ± 0.00 | – | 0.25 | 3 | +3.00 | [+2.00, +4.00] | [+0.52, +5.48] |

            **Image-level mean average precision, no threshold**

            | cell | mAP | pairs | difference | bootstrap 95 % | Student t 95 % |
            |---|---:|---:|---:|---:|---:|
            | baseline | 90.00 ± 0.00 |  | baseline |  |  |
            | full, ema | 90.00 ± 0.00 | 3 | +0.00 | [+0.00, +0.00] | [+0.00, +0.00] |

            **IoU by class, threshold held-out: baseline, and differences to it**

            | class | baseline | full, ema |
            |---|---:|---:|
            | background | 70.00 ± 0.00 | +0.00 |
            | cat | 21.00 ± 1.00 | +3.00 |
            | dog | – | – |

            Differences are to 'baseline', paired by seed; the bootstrap draws seeds 10,000 times.
            With so few pairs it runs from the smallest to the largest difference: above zero means that
            every seed gained, which chance does once in 8. Student's t assumes normal differences.
            """);
  }

  @Test
  void writesOneLineForEachRunAndMode() {
    assertThat(new AblationTable(CLASSES, "baseline", ROWS.subList(2, 4)).csv())
        .isEqualTo(
            """
            cell,seed,split,threshold_mode,threshold,miou,precision,recall
            baseline,3,val,held-out,0.31,0.310000,0.500000,
            "full, ema",1,val,held-out,0.25,0.330000,0.500000,
            """);
  }

  @Test
  void pairsRunsBySeed() {
    AblationTable table =
        new AblationTable(
            CLASSES,
            "baseline",
            List.of(
                row("baseline", 1, 0.30, 0.3),
                row("baseline", 2, 0.50, 0.3),
                row("full", 2, 0.54, 0.3),
                row("full", 1, 0.31, 0.3),
                row("full", 7, 0.99, 0.3)));
    PairedDifference difference = table.difference("full", "cam-miou", "miou", "held-out");
    assertThat(difference.pairs()).isEqualTo(2);
    assertThat(difference.mean()).isCloseTo(0.025, within(1e-12));
    assertThat(difference.bootstrap().low()).isCloseTo(0.01, within(1e-12));
    assertThat(difference.bootstrap().high()).isCloseTo(0.04, within(1e-12));
    assertThat(difference.bootstrap().isAboveZero()).isTrue();
    assertThat(difference.student().isAboveZero()).isFalse();
  }

  @Test
  void printsASingleRun() {
    assertThat(new AblationTable(CLASSES, "baseline", ROWS.subList(0, 1)).terminal())
        .isEqualTo(
            """
            Scores on split 'val' in per cent, seed 1.

            CAM mIoU, threshold held-out (chosen on pictures set apart)
              cell       mIoU  precision  recall  threshold  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  30.00      50.00       –       0.27           baseline

            Image-level mean average precision, no threshold
              cell        mAP  pairs  difference  bootstrap 95 %  Student t 95 %
              baseline  90.00           baseline

            IoU by class, threshold held-out: baseline
              class       baseline
              background     70.00
              cat            20.00
              dog                –
            """);
  }

  @Test
  void refusesToCompareToACellWithoutRuns() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AblationTable(CLASSES, "base", ROWS))
        .withMessage(
            "no finished run of the baseline cell 'base'; finished cells: [baseline, full, ema]");
  }

  @Test
  void refusesARunThatComesTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AblationTable(CLASSES, "baseline", List.of(ROWS.get(0), ROWS.get(0))))
        .withMessage("cell 'baseline' has two runs of one seed; seeds: [1, 1]");
  }

  @Test
  void refusesRunsOnDifferentSplits() {
    AblationRow train = new AblationRow("full", Map.of(), 1, "train", Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AblationTable(CLASSES, "baseline", List.of(ROWS.get(0), train)))
        .withMessage("runs scored on different splits: [val, train]");
  }

  @Test
  void refusesTwoScoresOfOneNameAndMode() {
    Score score = new Score("miou", "fixed", 0.3, 0.5, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AblationRow("full", Map.of(), 1, "val", Map.of("cams", List.of(score, score))))
        .withMessage("cell 'full', seed 1: two scores of cams share a name and a mode");
  }
}
