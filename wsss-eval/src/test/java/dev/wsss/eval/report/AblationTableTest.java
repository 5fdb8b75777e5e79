package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.List;
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
    return new AblationRow(
        cell,
        seed,
        "val",
        List.of(
            new Score("miou", "held-out", threshold, miou, List.of(0.7, miou - 0.1, Double.NaN)),
            new Score("precision", "held-out", threshold, 0.5, List.of()),
            new Score("recall", "held-out", threshold, Double.NaN, List.of()),
            new Score("map", "none", Double.NaN, 0.9, List.of(0.9, 0.9))));
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
    PairedDifference difference = table.difference("full", "miou", "held-out");
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
    AblationRow train = new AblationRow("full", 1, "train", List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AblationTable(CLASSES, "baseline", List.of(ROWS.get(0), train)))
        .withMessage("runs scored on different splits: [val, train]");
  }

  @Test
  void refusesTwoScoresOfOneNameAndMode() {
    Score score = new Score("miou", "fixed", 0.3, 0.5, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AblationRow("full", 1, "val", List.of(score, score)))
        .withMessage("cell 'full', seed 1: two scores share a name and a mode");
  }
}
