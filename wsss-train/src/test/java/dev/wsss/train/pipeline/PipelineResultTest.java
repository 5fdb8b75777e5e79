package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineResultTest {
  @TempDir private Path temp;

  private static final Score MAP = new Score("map", "none", Double.NaN, 0.625, List.of(0.625));

  @Test
  void namesOfClassesComeBackFromTheTableAsTheyAre() throws IOException {
    String name = "so-called \"cat\", small";
    MaskQuality quality =
        new MaskQuality(
            2, 0.5, 0.75, Double.NaN, 0.25, Map.of(name, 0.125), Map.of(), Map.of(), List.of());
    PipelineResult result =
        new PipelineResult(
            List.of(
                new PipelineResult.Row(
                    "seeds",
                    temp,
                    Map.of("val", quality),
                    Map.of("val", MAP),
                    new StageCost(1.5, 2, 3000))),
            Optional.empty());
    result.write(temp, new ClassNames(List.of(name)));

    try (CSVParser csv =
        CSVParser.parse(Files.newBufferedReader(temp.resolve("pipeline.csv")), CSVFormat.DEFAULT)) {
      assertThat(csv.stream().map(CSVRecord::toList))
          .containsExactly(
              List.of("stage", "split", "score", "value"),
              List.of("seeds", "", "seconds", "1.5"),
              List.of("seeds", "", "pictures", "2.0"),
              List.of("seeds", "", "bytes", "3000.0"),
              List.of("seeds", "val", "miou", "0.5"),
              List.of("seeds", "val", "precision", "0.75"),
              List.of("seeds", "val", "boundary-f", "0.25"),
              List.of("seeds", "val", "iou " + name, "0.125"),
              List.of("seeds", "val", "image-map", "0.625"),
              List.of("seeds", "val", "ap " + name, "0.625"));
    }
  }

  @Test
  void imageMapIsAColumnOnlyWhereThereIsOne() {
    MaskQuality quality =
        new MaskQuality(2, 0.5, 0.75, 1, 0.25, Map.of(), Map.of("alone", 0.1), Map.of(), List.of());
    StageCost cost = new StageCost(1, 2, 3000);
    Map<String, MaskQuality> both = Map.of("train", quality, "val", quality);
    PipelineResult result =
        new PipelineResult(
            List.of(
                new PipelineResult.Row("seeds", temp, both, Map.of("val", MAP), cost),
                new PipelineResult.Row("refine", temp, both, Map.of(), cost)),
            Optional.empty());
    assertThat(result.tables().stream().map(TextTable::terminal))
        .containsExactly(
            """
            Masks of split train, 2 pictures
              stage   mIoU  precision  recall  boundary F  s/picture   MB
              seeds   50.0       75.0   100.0        25.0      0.500  0.0
              refine  50.0       75.0   100.0        25.0      0.500  0.0
              alone   10.0
            """,
            """
            Masks of split val, 2 pictures
              stage   mIoU  precision  recall  boundary F  image mAP  s/picture   MB
              seeds   50.0       75.0   100.0        25.0       62.5      0.500  0.0
              refine  50.0       75.0   100.0        25.0                 0.500  0.0
              alone   10.0
            """);
  }

  @Test
  void imageMapIsToldWithoutExactMasks() {
    PipelineResult result =
        new PipelineResult(
            List.of(
                new PipelineResult.Row("maps", temp, Map.of(), Map.of(), new StageCost(2, 2, 3000)),
                new PipelineResult.Row(
                    "seeds", temp, Map.of(), Map.of("val", MAP), new StageCost(1, 2, 3000))),
            Optional.empty());
    assertThat(result.tables().stream().map(TextTable::terminal))
        .containsExactly(
            """
            No exact masks to compare with
              stage  seconds  s/picture   MB  image mAP, val
              maps       2.0      1.000  0.0
              seeds      1.0      0.500  0.0            62.5
            """);
  }

  @Test
  void whatAStageOfAnEarlierVersionLeftHasNoImageMapAndADamagedFileIsNamed() throws IOException {
    StageCost cost = new StageCost(1, 2, 3000);
    assertThat(PipelineResult.Row.read("seeds", temp, cost).imageMap()).isEmpty();
    for (String name : List.of("image-map.json", "scores.json")) {
      for (String damaged : List.of("", "{\"val\": null}", "{\"val\": {\"miou\": ")) {
        Path file = Files.writeString(temp.resolve(name), damaged);
        assertThatThrownBy(() -> PipelineResult.Row.read("seeds", temp, cost))
            .as(damaged)
            .isInstanceOf(PipelineException.class)
            .hasMessage(
                file
                    + " is damaged; bring back what was written, or make its stage again with"
                    + " --from");
        Files.delete(file);
      }
    }
  }
}
