package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
  @TempDir Path folder;

  private final ClassNames classes = new ClassNames(List.of("cat", "dog"));
  private final MaskThreshold masks = new MaskThreshold(0.3, MaskThreshold.CONFIGURED);

  @Test
  void readsWhatItWrote() throws IOException {
    Score map = new Score("map", "none", Double.NaN, 0.75, List.of(0.5, 1.0));
    Score miou = new Score("miou", "oracle", 0.2, 0.5, List.of(0.5, Double.NaN, 0.25));
    Score odd = new Score("odd", "none", Double.NaN, Double.NaN, List.of(1.0));
    RunResult result =
        new RunResult(
            "val",
            Map.of("image-map", List.of(map), "cam-miou", List.of(miou, odd)),
            masks,
            new LabelThresholds(List.of(0.25, 0.75), LabelThresholds.HELD_OUT),
            500,
            1,
            2,
            3.5,
            Optional.empty());
    ResultFile file = ResultFile.of(folder);
    assertThat(file.read()).isEmpty();
    file.write(result, classes);
    assertThat(file.read()).hasValue(result);
  }

  @Test
  void isStrictJsonWithTheNamesOfClasses() throws IOException {
    Score miou = new Score("miou", "oracle", 0.2, Double.NaN, List.of(0.5, Double.NaN, 0.25));
    LabelThresholds labels = LabelThresholds.even(2);
    RunResult result =
        new RunResult(
            "val",
            Map.of("cam-miou", List.of(miou)),
            masks,
            labels,
            64,
            0,
            0,
            3.5,
            Optional.empty());

    ResultFile.of(folder).write(result, classes);

    assertThat(folder.resolve("scores.json"))
        .hasContent(
            """
            {
              "split": "val",
              "masks": {
                "threshold": 0.3,
                "mode": "mask-threshold"
              },
              "labels": {
                "thresholds": {
                  "cat": 0.5,
                  "dog": 0.5
                },
                "mode": "even"
              },
              "pictureSide": 64,
              "scores": {
                "cam-miou": [
                  {
                    "name": "miou",
                    "mode": "oracle",
                    "threshold": 0.2,
                    "value": null,
                    "perClass": {
                      "background": 0.5,
                      "cat": null,
                      "dog": 0.25
                    }
                  }
                ]
              },
              "badImages": 0,
              "badPictures": 0,
              "seconds": 3.5,
              "failure": null
            }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"split": "val", "scores": {}}    | it lacks 'masks'
          {"split": "val", "masks": 3}      | Not a JSON Object: 3
          [1]                               | Not a JSON Object: [1]
          """)
  void namesADamagedFile(String json, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("scores.json"), json);

    assertThatThrownBy(() -> ResultFile.of(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " is damaged: "
                + problem
                + "; delete it and start the same command again, which then scores anew");
  }

  @Test
  void namesAFileThatWasCutOff() throws IOException {
    Path file = Files.writeString(folder.resolve("scores.json"), "{\"split\": ");

    assertThatThrownBy(() -> ResultFile.of(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is damaged: ");
  }
}
