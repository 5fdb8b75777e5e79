package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  @TempDir Path folder;

  @Test
  void showsScoresWithTheirModeAndACurveOfEveryNumber() throws IOException {
    Files.writeString(
        folder.resolve("metrics.csv"),
        "epoch,step,name,value\n1,10,total,4\n1,10,\"a<b, c\",1\n2,20,total,3\n3,30,total,2\n");
    Score miou = new Score("miou", "held-out", 0.25, 0.5, List.of());
    Score map = new Score("map", "none", Double.NaN, 0.75, List.of());

    new HtmlReport(folder)
        .write(
            new RunResult(
                "val",
                Map.of("cam-miou", List.of(miou, map)),
                new MaskThreshold(0.25, "held-out"),
                LabelThresholds.even(2),
                64,
                0,
                0,
                1));

    assertThat(folder.resolve("report.html"))
        .content()
        .contains("<tr><td>cam-miou<td>miou<td>0.25<td>held-out<td>50.00 %")
        .contains("<p>Masks: pixels that score 0.25 (held-out) or more.")
        .contains("<tr><td>cam-miou<td>map<td><td>none<td>75.00 %")
        .contains("points=\"0.0,0.0 180.0,60.0 360.0,120.0\"")
        .contains("total: 2.000 to 4.000, last 2.000")
        .contains("a&lt;b, c: 1.000 to 1.000");
  }
}
