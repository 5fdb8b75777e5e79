package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.eval.html.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineChartsTest {
  @TempDir private Path temp;

  @Test
  void showsTheMapsAsALineAndStagesAsDots() throws IOException {
    Path seeds = Files.createDirectory(temp.resolve("seeds"));
    Path refined = Files.createDirectory(temp.resolve("refined"));
    MapCurve curve =
        new MapCurve(List.of(new MapCurve.Point(0, 0.25, 1), new MapCurve.Point(0.5, 1, 0.5)));
    curve.write(seeds, "val");
    assertThat(seeds.resolve("curve-val.csv"))
        .hasContent("threshold,precision,recall\n0.0,0.25,1.0\n0.5,1.0,0.5\n");
    assertThat(MapCurve.read(seeds, "val")).isEqualTo(curve);

    List<Markup> chart =
        PipelineCharts.precisionOverRecall(
            List.of(row("seeds", seeds, 0.5, 0.75), row("refine-dense-crf", refined, 1, 0)), "val");
    // From 46 (recall 0) to 408 (recall 1), and from 194 (precision 0) up to 24.
    assertThat(chart)
        .singleElement()
        .extracting(Markup::html)
        .asString()
        .contains("d=\"M408.0 151.5 L227.0 24.0\"")
        .contains("d=\"M317.5 109.0 h.1\"")
        .contains("d=\"M46.0 24.0 h.1\"")
        .contains(">maps at every threshold<", ">seeds<", ">refine-dense-crf<");
  }

  @Test
  void showsNothingWithoutExactMasks() throws IOException {
    assertThat(PipelineCharts.precisionOverRecall(List.of(row("seeds", temp, 0.5, 0.5)), "val"))
        .isEmpty();
    assertThat(PipelineCharts.trainings(List.of(row("seeds", temp, 0.5, 0.5)))).isEmpty();
  }

  @Test
  void showsLossesAndWhatIsLoggedOfTrainingFromMasks() throws IOException {
    Files.writeString(
        temp.resolve("metrics.csv"),
        """
        epoch,step,name,value
        1,5,total,2
        1,5,rate,0.1
        1,5,validation/miou,0.25
        2,10,total,1
        2,10,rate,0.1
        2,10,validation/miou,0.5
        """);
    List<Markup> charts = PipelineCharts.trainings(List.of(row("segment", temp, 0.5, 0.5)));
    assertThat(charts).hasSize(1);
    String html = charts.get(0).html();
    assertThat(html.split("<svg")).as("two charts").hasSize(3);
    assertThat(html)
        .contains(">segment<", ">total<", ">segment, per cent<", ">validation/miou<")
        .contains("d=\"M46.0 151.5 L408.0 109.0\"") // 25 and 50 per cent
        .doesNotContain("rate");
  }

  @Test
  void namesADamagedCurve() throws IOException {
    Path file = Files.writeString(temp.resolve("curve-val.csv"), "threshold\nhigh,1,1\n");
    assertThatThrownBy(() -> MapCurve.read(temp, "val"))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is damaged: For input string: \"high\"");
  }

  private static PipelineResult.Row row(
      String stage, Path folder, double precision, double recall) {
    MaskQuality quality =
        new MaskQuality(1, 0.5, precision, recall, 0.5, Map.of(), Map.of(), Map.of(), List.of());
    return new PipelineResult.Row(
        stage, folder, Map.of("val", quality), Map.of(), new StageCost(1, 1, 1));
  }
}
