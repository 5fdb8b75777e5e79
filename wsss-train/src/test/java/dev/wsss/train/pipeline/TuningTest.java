package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TuningTest {
  private static final String THRESHOLD = "pseudo-labels.threshold";

  @TempDir private static Path temp;

  private Pipeline pipeline;
  private PipelineResult maps = new PipelineResult(List.of(), Optional.empty());

  @BeforeAll
  void makeMaps() {
    pipeline = new Pipeline(SmallRuns.resolved(), temp.resolve("a"));
    maps =
        pipeline.run(
            new PipelineRange(Optional.empty(), Optional.of("maps")), PipelineListener.SILENT);
  }

  @Test
  void choosesTheBestOfWhatWasTried() throws IOException {
    List<TuningResult.Tried> heard = new ArrayList<>();
    TuningResult result =
        tuning(Optional.empty()).run(Map.of(THRESHOLD, List.of("0.05", "0.5", "0.95")), heard::add);

    assertThat(heard).isEqualTo(result.tried()).hasSize(3);
    TuningResult.Tried best =
        heard.stream().max(Comparator.comparingDouble(TuningResult.Tried::miou)).orElseThrow();
    if (best.miou() > result.before()) {
      assertThat(result.chosen()).containsExactly(Map.entry(THRESHOLD, best.value()));
      assertThat(result.after()).isEqualTo(best.miou());
    } else {
      assertThat(result.chosen()).isEmpty();
      assertThat(result.after()).isEqualTo(result.before());
    }
    assertThat(heard.stream().map(TuningResult.Tried::miou).distinct().count())
        .as("thresholds matter")
        .isGreaterThan(1);
    assertThat(result.truth()).isEqualTo("masks of 6 pictures set apart");
  }

  @Test
  void triesWaysToTellBackgroundToo() throws IOException {
    String share = "pseudo-labels.background-share";
    List<TuningResult.Tried> heard = new ArrayList<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("pseudo-labels.background", List.of("otsu", "share"));
    values.put(share, List.of("0.1", "0.75", "0.95"));
    tuning(Optional.empty()).run(values, heard::add);

    assertThat(heard.stream().filter(tried -> tried.round() == 1)).hasSize(5);
    assertThat(heard.stream().map(TuningResult.Tried::miou)).allMatch(miou -> miou > 0);
    assertThat(heard.get(0).miou()).as("otsu").isNotEqualTo(heard.get(1).miou());
  }

  @Test
  void saysWhereTheBestIsAtTheEndOfWhatWasTried() {
    Map<String, String> chosen = new LinkedHashMap<>();
    List<TuningResult.Tried> tried = new ArrayList<>();
    for (String[] one :
        List.of(
            new String[] {"least", "2", "4", "8"},
            new String[] {"most", "0.3", "0.2", "0.1"},
            new String[] {"middle", "2", "1", "3"},
            new String[] {"word", "large", "cam"},
            new String[] {"only", "2"})) {
      chosen.put(one[0], one[1]);
      for (int i = 1; i < one.length; i++) {
        tried.add(new TuningResult.Tried(1, one[0], one[i], 0.5));
      }
    }

    assertThat(new TuningResult("a test", 0.5, 0.75, chosen, tried).ends())
        .containsExactly(
            "least: 2 is the least that was tried; a smaller one may be better",
            "most: 0.3 is the most that was tried; a larger one may be better");
  }

  @Test
  void writesAConfigurationThatLoadsAgain() throws IOException {
    TuningResult result =
        new TuningResult(
            "a test",
            0.5,
            0.75,
            Map.of("pseudo-labels.refine.dense-crf.preset", "large"),
            List.of(new TuningResult.Tried(1, THRESHOLD, "0.5", 0.5)));
    Path file = temp.resolve("tuned.yaml");
    pipeline.write(result, file, "quickstart-base");

    assertThat(file)
        .content()
        .isEqualTo(
            """
            # Chosen with a test: mIoU 50.0 % -> 75.0 %.
            base: 'quickstart-base'
            pseudo-labels:
              refine:
                dense-crf:
                  preset: large
            """);
    assertThat(ResolvedRun.load(file.toString()).config().pseudoLabels().orElseThrow().refine())
        .containsOnlyKeys("dense-crf");
    assertThat(temp.resolve("a/tuning.csv"))
        .hasContent("round,key,value,miou\n1,pseudo-labels.threshold,0.5,0.5\n");
    assertThat(temp.resolve("a/tuning.html")).content().contains("<svg");
  }

  @Test
  void takesClickedPixels() throws IOException {
    Path points = points("train-00001,3,4,background", "train-00001,16,16,disc");
    String wrong = Files.readString(points);
    List<String> classes = pipeline.pictures().data().classes().foreground();
    Files.writeString(points, wrong.replace("disc", classes.get(0)));
    TuningResult result =
        tuning(Optional.of(points)).run(Map.of(THRESHOLD, List.of("0.3")), tried -> {});
    assertThat(result.truth()).isEqualTo("2 points in 1 picture");
    assertThat(result.before()).isBetween(0.0, 1.0);
  }

  @Test
  void namesWhatIsWrongWithPoints() throws IOException {
    Path missing = points("train-0001,3,4,background");
    assertThatThrownBy(() -> tuning(Optional.of(missing)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            missing
                + ":2: 'train-0001' is no picture of split 'train'; did you mean 'train-00001'?");
    Path outside = points("train-00001,3,4,background", "train-00001,32,4,background");
    assertThatThrownBy(() -> tuning(Optional.of(outside)))
        .isInstanceOf(DataException.class)
        .hasMessage(outside + ":3: 32, 4 is outside 'train-00001', which has 32×32 pixels");
    Path wrong = points("train-00001,left,4,backgroud");
    assertThatThrownBy(() -> tuning(Optional.of(wrong)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the data set in " + wrong + " cannot be used:\n  ")
        .hasMessageContaining(wrong + ":2: 'backgroud' is no class; did you mean 'background'?")
        .hasMessageContaining(wrong + ":2: x is 'left'; allowed is a whole number from 0");
  }

  @Test
  void refusesWrongValuesBeforeAnythingIsTried() {
    List<TuningResult.Tried> heard = new ArrayList<>();
    assertThatThrownBy(
            () -> tuning(Optional.empty()).run(Map.of(THRESHOLD, List.of("0.3", "3")), heard::add))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pseudo-labels.threshold");
    assertThat(heard).isEmpty();
  }

  private Tuning tuning(Optional<Path> points) {
    return new Tuning(
        settings ->
            SmallRuns.resolved(
                settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new)),
        pipeline,
        maps,
        points);
  }

  private static Path points(String... lines) throws IOException {
    Path file = Files.createTempFile(temp, "points", ".csv");
    return Files.writeString(file, "image,x,y,class\n" + String.join("\n", lines) + "\n");
  }
}
