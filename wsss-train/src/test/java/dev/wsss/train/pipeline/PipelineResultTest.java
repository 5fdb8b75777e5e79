package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineResultTest {
  @TempDir private Path temp;

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
                    "seeds", temp, Map.of("val", quality), new StageCost(1.5, 2, 3000))));
    result.write(temp);

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
              List.of("seeds", "val", "iou " + name, "0.125"));
    }
  }
}
