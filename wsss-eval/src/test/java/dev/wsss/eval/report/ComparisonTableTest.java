package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.metric.PictureCounts.OfClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat"));

  @Test
  void pairsBySeedAndByPicture() {
    // By hand: 15/19 and 11/15 of 'a_1', 15/16 and 14/15 of 'b'.
    assertThat(table().terminal())
        .isEqualTo(
            """
            Scores on split 'val' in per cent; mean ± sample standard deviation over seeds 1, 2.

            CAM mIoU, threshold held-out (chosen on pictures set apart)
              cell          mIoU  threshold  pairs  difference    bootstrap 95 %   Student t 95 %
              a_1   41.00 ± 1.41       0.30           baseline
              b     52.00 ± 2.83       0.30      2      +11.00  [+10.00, +12.00]  [-1.71, +23.71]

            Differences are to 'a_1', paired by seed; the bootstrap draws seeds 10,000 times.
            With so few pairs it runs from the smallest to the largest difference: above zero means that
            every seed gained, which chance does once in 4. Student's t assumes normal differences.

            CAM mIoU at the masks' threshold, paired by picture (3 pictures)
              cell   mIoU  pairs  difference  bootstrap 95 % over pictures  better  worse
              a_1   76.14           baseline
              b     93.54      2      +17.40              [-18.33, +62.22]       2      2
            The pictures are drawn 10,000 times, the same for both; better and worse count pictures of all pairs.
            """);
  }

  @Test
  void asLatexEveryLineIsATableOrAComment() {
    String latex = table().latex();
    assertThat(latex)
        .contains(
            "% CAM mIoU, threshold held-out (chosen on pictures set apart)\n"
                + "\\begin{tabular}{lrrrrrr}\n"
                + "cell & mIoU & threshold & pairs & difference & bootstrap 95 \\% & Student t 95 \\%"
                + " \\\\\n\\hline\n"
                + "a\\_1 & 41.00 $\\pm$ 1.41 & 0.30 &  & baseline &  &  \\\\\n");
    assertThat(latex.lines())
        .allMatch(
            line ->
                line.isEmpty()
                    || line.startsWith("% ")
                    || line.startsWith("\\")
                    || line.endsWith(" \\\\"));
  }

  @Test
  void asCsvEveryIntervalIsALine() {
    assertThat(table().csv())
        .isEqualTo(
            """
            run,metric,score,mode,mean,over,pairs,difference,low,high
            a_1,cam-miou,miou,held-out,0.410000,seeds-bootstrap,2,0.000000,0.000000,0.000000
            a_1,cam-miou,miou,held-out,0.410000,seeds-student,2,0.000000,0.000000,0.000000
            a_1,pictures,miou,masks,0.761404,pictures-bootstrap,2,0.000000,0.000000,0.000000
            b,cam-miou,miou,held-out,0.520000,seeds-bootstrap,2,0.110000,0.100000,0.120000
            b,cam-miou,miou,held-out,0.520000,seeds-student,2,0.110000,-0.017062,0.237062
            b,pictures,miou,masks,0.935417,pictures-bootstrap,2,0.174013,-0.183333,0.622222
            """);
  }

  @Test
  void asMarkdownTheTablesHavePipes() {
    assertThat(table().markdown())
        .contains(
            "| b | 93.54 | 2 | +17.40 | [-18.33, +62.22] | 2 | 2 |\n\nThe pictures are drawn");
  }

  @Test
  void pairsMasksStageByStage() {
    ComparisonTable stages = stages();
    assertThat(stages.terminal())
        .startsWith("Masks in per cent, seed 1.\n\nThe last masks of split 'val'\n")
        .endsWith(
            """

            Masks of split 'val', paired by picture (3 pictures)
              stage  cell   mIoU  pairs  difference  bootstrap 95 % over pictures  better  worse
              masks     a  76.14           baseline
              masks     b  93.54      1      +17.40              [-18.33, +62.22]       1      1
              masks     c  76.14      1       +0.00                [+0.00, +0.00]       0      0
              seeds     a  76.14           baseline
              seeds     b  76.14      1       +0.00                [+0.00, +0.00]       0      0
              seeds     c      –      0           –                             –

            Masks of split 'all', paired by picture (3 pictures)
              stage  cell   mIoU  pairs  difference  bootstrap 95 % over pictures  better  worse
              masks     a  93.54           baseline
              masks     b  93.54      1       +0.00                [+0.00, +0.00]       0      0
              masks     c      –      0           –                             –
            The pictures are drawn 10,000 times, the same for both; better and worse count pictures of all pairs.
            """);
    assertThat(stages.csv())
        .contains(
            """
            b,seeds,miou,val,0.440000,seeds-bootstrap,1,-0.010000,,
            b,seeds,miou,val,0.440000,seeds-student,1,-0.010000,,
            b,masks,miou,val,0.935417,pictures-bootstrap,1,0.174013,-0.183333,0.622222
            """)
        .contains("\nc,seeds,miou,val,,pictures-bootstrap,0,,,\n")
        .as("a stage that no two runs have")
        .doesNotContain("refine-crf");
    assertThat(stages.markdown())
        .contains("| seeds | b | 76.14 | 1 | +0.00 | [+0.00, +0.00] | 0 | 0 |\n");
    assertThat(stages.latex())
        .contains("stage & cell & mIoU & pairs & difference & bootstrap 95 \\% over pictures");
  }

  private static ComparisonTable stages() {
    List<PictureCounts> poor = List.of(half("a", 1), half("b", 5), half("c", 5));
    List<PictureCounts> good = List.of(half("a", 5), half("b", 4), half("c", 5));
    Map<StageMasks, Map<String, Map<Long, List<PictureCounts>>>> pictures = new LinkedHashMap<>();
    pictures.put(
        new StageMasks("masks", "all"), Map.of("a", Map.of(1L, good), "b", Map.of(1L, good)));
    pictures.put(
        new StageMasks("masks", "val"),
        Map.of("a", Map.of(1L, poor), "b", Map.of(1L, good), "c", Map.of(1L, poor)));
    pictures.put(
        new StageMasks("seeds", "val"), Map.of("a", Map.of(1L, poor), "b", Map.of(1L, poor)));
    pictures.put(new StageMasks("refine-crf", "val"), Map.of("b", Map.of(1L, good)));
    return ComparisonTable.ofStages(
        CLASSES, List.of(stageRow("a", 0.45), stageRow("b", 0.44), stageRow("c", 0.43)), pictures);
  }

  private static AblationRow stageRow(String run, double seeds) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put("masks", List.of(new Score("miou", "val", Double.NaN, 0.5, List.of())));
    if (!run.equals("c")) {
      scores.put("seeds", List.of(new Score("miou", "val", Double.NaN, seeds, List.of())));
    }
    return new AblationRow(run, Map.of(), 1, "val", scores);
  }

  private static ComparisonTable table() {
    List<PictureCounts> poor = List.of(half("a", 1), half("b", 5), half("c", 5));
    List<PictureCounts> good = List.of(half("a", 5), half("b", 4), half("c", 5));
    return ComparisonTable.ofRuns(
        CLASSES,
        List.of(row("a_1", 1, 0.40), row("a_1", 2, 0.42), row("b", 1, 0.50), row("b", 2, 0.54)),
        Map.of("a_1", Map.of(1L, poor, 2L, poor), "b", Map.of(1L, good, 2L, good)));
  }

  private static AblationRow row(String run, long seed, double miou) {
    return new AblationRow(
        run,
        Map.of(),
        seed,
        "val",
        Map.of("cam-miou", List.of(new Score("miou", "held-out", 0.3, miou, List.of()))));
  }

  private static PictureCounts half(String name, int agreed) {
    return new PictureCounts(
        name, List.of(new OfClass(0, 5, 10 - agreed, 5), new OfClass(1, 5, agreed, agreed)));
  }
}
