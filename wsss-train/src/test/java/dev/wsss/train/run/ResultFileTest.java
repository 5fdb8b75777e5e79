package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Score map = new Score("map", "none", Double.NaN, 0.75, List.of(0.5, 1.0));
    RunResult result = new RunResult("val", Map.of("image-map", List.of(map)), 1, 2, 3.5);
    ResultFile file = new ResultFile(folder);
    assertThat(file.read()).isEmpty();
    file.write(result);
    assertThat(file.read()).hasValue(result);
  }

  @Test
  void aFileThatDoesNotCountBadPicturesHasNone() throws IOException {
    Files.writeString(
        folder.resolve("scores.json"),
        """
        {"split": "val", "scores": {}, "badImages": 1, "seconds": 3.5}
        """);
    assertThat(new ResultFile(folder).read()).hasValue(new RunResult("val", Map.of(), 1, 0, 3.5));
  }
}
