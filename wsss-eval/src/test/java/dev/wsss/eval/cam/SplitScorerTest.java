package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.LogLines;
import dev.wsss.eval.data.TornFolder;
import dev.wsss.eval.metric.CamMiou;
import dev.wsss.eval.metric.CamMiouConfig;
import dev.wsss.eval.metric.ImageMap;
import dev.wsss.eval.metric.ImageMapConfig;
import dev.wsss.eval.metric.ThresholdMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitScorerTest {
  private static final List<Double> SCALES = List.of(0.5, 1.0);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void scoresAsIfEachPictureWereCountedByHand() {
    TestPictures data = mixed();
    List<Example> heldOut = data.examples().subList(0, 4);
    List<Example> reported = data.examples().subList(4, 12);
    Map<String, Metric<?>> metrics = metrics();

    CamInference inference =
        new CamInference(new TrainedModel(FakeNetworks.formula(manager), manager), config(1));
    CamMiou miou = miou();
    var tally = miou.open(data.classes());
    reported.forEach(e -> miou.add(tally, inference.predict(picture(data, e))));
    var apart = miou.open(data.classes());
    heldOut.forEach(e -> miou.add(apart, inference.predict(picture(data, e))));

    Map<String, List<Score>> scores =
        scorer(1).score(data, reported, heldOut, metrics, PredictionListener.NONE);
    assertThat(scores.keySet()).containsExactly("cams", "images");
    assertThat(scores.get("cams")).hasSize(12).isEqualTo(miou.read(tally, Optional.of(apart)));
    assertThat(scores.get("images")).extracting(Score::name).containsExactly("map");
  }

  @Test
  void givesTheSameHoweverManyPicturesShareAPass() {
    TestPictures data = mixed();
    Map<String, List<Score>> alone =
        scorer(1).score(data, data.examples(), List.of(), metrics(), PredictionListener.NONE);
    for (int pixels : new int[] {2000, 1_000_000}) {
      assertThat(
              scorer(pixels)
                  .score(data, data.examples(), List.of(), metrics(), PredictionListener.NONE))
          .usingRecursiveComparison()
          .withComparatorForType(
              (a, b) -> a.isNaN() == b.isNaN() && !(Math.abs(a - b) > 1e-3) ? 0 : 1, Double.class)
          .isEqualTo(alone);
    }
  }

  @Test
  void tellsTheListenerOfEveryPictureInOrder() {
    TestPictures data = mixed();
    List<String> told = new ArrayList<>();
    PredictionListener listener =
        new PredictionListener() {
          @Override
          public void predicted(Prediction prediction) {
            told.add("reported " + prediction.example().id());
          }

          @Override
          public void heldOut(Prediction prediction) {
            told.add("held out " + prediction.example().id());
          }
        };
    scorer(5000)
        .score(
            data,
            data.examples().subList(2, 12),
            data.examples().subList(0, 2),
            metrics(),
            listener);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      expected.add((i < 2 ? "held out " : "reported ") + "picture-" + i);
    }
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void leavesOutACountedPictureThatCannotBeDecoded() {
    TestPictures data =
        new TestPictures()
            .with(TestPictures.random(0, 12, 12, 0))
            .withBroken("torn")
            .with(TestPictures.random(1, 12, 12, 1));
    List<String> told = new ArrayList<>();
    PredictionListener listener =
        new PredictionListener() {
          @Override
          public void predicted(Prediction prediction) {
            told.add(prediction.example().id());
          }

          @Override
          public void skipped(Example example, BadImageException cause) {
            told.add(cause.getMessage());
          }
        };
    SplitScorer scorer = scorer(1);
    for (int pass = 0; pass < 2; pass++) {
      told.clear();
      scorer.score(data, data.examples(), List.of(), metrics(), listener);
      assertThat(told).containsExactlyInAnyOrder("picture-0", "torn.jpg: ends early", "picture-1");
      assertThat(scorer.badPictures()).isEqualTo(1);
    }
  }

  @Test
  void warnsOnceOfATruncatedJpeg(@TempDir Path root) throws IOException {
    TornFolder folder = TornFolder.create(root);
    SplitScorer scorer = scorer(1);
    try (LogLines log = LogLines.of(SplitScorer.class)) {
      for (int pass = 0; pass < 2; pass++) {
        scorer.score(
            folder.data(), folder.examples(), List.of(), metrics(), PredictionListener.NONE);
      }
      assertThat(log.lines())
          .containsExactly("WARN left out of scoring: " + folder.torn() + TornFolder.DAMAGE);
    }
    assertThat(scorer.badPictures()).isEqualTo(1);
  }

  @Test
  void stopsWhereTheListenerThrows() {
    TestPictures data = new TestPictures().withBroken("torn");
    PredictionListener strict =
        new PredictionListener() {
          @Override
          public void predicted(Prediction prediction) {}

          @Override
          public void skipped(Example example, BadImageException cause) {
            throw new UncheckedIOException(cause.getMessage(), cause);
          }
        };
    assertThatThrownBy(() -> scorer(1).score(data, data.examples(), List.of(), metrics(), strict))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("torn.jpg: ends early");
  }

  @Test
  void opensNoHeldOutTallyWhereNothingIsHeldOut() {
    TestPictures data = new TestPictures().with(TestPictures.random(0, 12, 12, 0));
    List<Score> scores =
        scorer(1)
            .score(data, data.examples(), List.of(), Map.of("probe", new HeldOutProbe()), p -> {})
            .get("probe");
    assertThat(scores).extracting(Score::name).containsExactly("none-held-out");
  }

  @Test
  void refusesToReportAPictureThatChoseTheThreshold() {
    TestPictures data = mixed();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                scorer(1)
                    .score(
                        data,
                        data.examples(),
                        data.examples().subList(3, 5),
                        metrics(),
                        PredictionListener.NONE))
        .withMessage(
            "2 pictures are both reported and held out, for example 'picture-3': a threshold chosen"
                + " on a picture may not be reported on it");
  }

  @Test
  void runsAPictureWhoseMapNobodyWantsOnceAndCountsItsProbabilities() {
    TestPictures data = new TestPictures();
    for (int i = 0; i < 4; i++) {
      LabelledPicture random = TestPictures.random(i, 16, 12, i % 3);
      data.with(
          i == 2
              ? random
              : new LabelledPicture(random.example(), random.image(), Optional.empty()));
    }
    List<Integer> runs = new ArrayList<>();
    List<String> told = new ArrayList<>();
    PredictionListener listener =
        new PredictionListener() {
          @Override
          public boolean wantsMap(Example example, boolean heldOut) {
            return example.id().equals("picture-1") && heldOut;
          }

          @Override
          public void predicted(Prediction prediction) {
            told.add("reported " + prediction.example().id());
          }

          @Override
          public void heldOut(Prediction prediction) {
            told.add("held out " + prediction.example().id());
          }

          @Override
          public void withoutMap(Prediction prediction) {
            told.add("without map " + prediction.example().id());
          }
        };
    var reported = data.examples().subList(2, 4);
    var heldOut = data.examples().subList(0, 2);

    var scores = counting(runs).score(data, reported, heldOut, metrics(), listener);

    assertThat(told)
        .containsExactly(
            "without map picture-0",
            "held out picture-1",
            "reported picture-2",
            "without map picture-3");
    // Two scales with mirror images for maps, the picture itself once for probabilities.
    assertThat(runs).containsExactly(1, 2, 2, 2, 2, 1);
    assertThat(scores.get("images"))
        .isEqualTo(
            scorer(1)
                .score(data, reported, heldOut, metrics(), PredictionListener.NONE)
                .get("images"));
    runs.clear();
    Map<String, Metric<?>> probe = Map.of("probe", new HeldOutProbe());
    counting(runs).score(data, reported, List.of(), probe, listener);
    assertThat(runs).as("a metric that reads every map").containsExactly(2, 2, 2, 2);
  }

  /** Writes down how many pictures each run of the network has. */
  private SplitScorer counting(List<Integer> runs) {
    TrainedModel model = new TrainedModel(FakeNetworks.formula(manager), manager);
    return new SplitScorer(
        new CamModel() {
          @Override
          public int shortestSide() {
            return model.shortestSide();
          }

          @Override
          public RawMaps run(PixelBatch pixels, boolean features) {
            runs.add(pixels.count());
            return model.run(pixels, features);
          }

          @Override
          public void close() {}
        },
        config(1));
  }

  @Test
  void leavesNoArrayBehind() {
    TestPictures data = mixed();
    SplitScorer scorer =
        new SplitScorer(
            new TrainedModel(FakeNetworks.convolutional(manager), manager), config(5000));
    int before = manager.getManagedArrays().size();
    scorer.score(data, data.examples(), List.of(), metrics(), PredictionListener.NONE);
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void opensNoHeldOutTallyWhereNoneOfThemCanBeDecoded() {
    TestPictures data =
        new TestPictures().with(TestPictures.random(0, 12, 12, 0)).withBroken("torn");
    List<Example> all = data.examples();
    List<Score> scores =
        scorer(1)
            .score(
                data,
                all.subList(0, 1),
                all.subList(1, 2),
                Map.of("probe", new HeldOutProbe()),
                p -> {})
            .get("probe");
    assertThat(scores).extracting(Score::name).containsExactly("none-held-out");
  }

  @Test
  void refusesToScoreWhatCannotBeDecoded() {
    TestPictures data = new TestPictures().withBroken("torn").withBroken("cut");
    assertThatThrownBy(
            () ->
                scorer(1)
                    .score(data, data.examples(), List.of(), metrics(), PredictionListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "none of the 2 pictures to score can be decoded; the last of them: cut.jpg: ends"
                + " early");
  }

  @Test
  void warnsOfALabelThatNoMaskShows() {
    LabelledPicture shown = TestPictures.random(0, 12, 12, 0);
    LabelledPicture other = TestPictures.random(1, 12, 12, 1);
    Example relabelled = TestPictures.example("picture-1", 1, 2);
    TestPictures data =
        new TestPictures()
            .with(shown)
            .with(new LabelledPicture(relabelled, other.image(), other.truth()));
    try (LogLines log = LogLines.of(SplitScorer.class)) {
      scorer(1).score(data, data.examples(), List.of(), metrics(), PredictionListener.NONE);
      assertThat(log.lines())
          .containsExactly(
              "WARN blue: a label of pictures with masks, but none of the 2 masks shows it, so"
                  + " whatever is predicted as it counts as wrong. If a value of the masks stands"
                  + " for it, data.mask-values can say so");
    }
  }

  /** Says whether there was a held-out tally. */
  private static final class HeldOutProbe implements Metric<int[]> {
    @Override
    public int[] open(ClassNames classes) {
      return new int[1];
    }

    @Override
    public void add(int[] tally, Prediction prediction) {
      tally[0]++;
    }

    @Override
    public List<Score> read(int[] tally, Optional<int[]> heldOut) {
      String name = heldOut.isPresent() ? "held-out" : "none-held-out";
      return List.of(new Score(name, "none", Double.NaN, 0, List.of()));
    }
  }

  private static TestPictures mixed() {
    TestPictures data = new TestPictures();
    for (int i = 0; i < 12; i++) {
      int[] labels = i % 3 == 0 ? new int[] {0, 2} : new int[] {i % 3};
      data.with(TestPictures.random(i, i < 5 ? 20 : 24, i < 9 ? 16 : 21, labels));
    }
    return data;
  }

  private static LabelledPicture picture(TestPictures data, Example example) {
    try {
      return new LabelledPicture(example, data.image(example), data.mask(example));
    } catch (BadImageException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CamMiou miou() {
    return new CamMiou(new CamMiouConfig(List.of(ThresholdMode.values()), 0.3, 0.75, 100));
  }

  private static Map<String, Metric<?>> metrics() {
    Map<String, Metric<?>> metrics = new LinkedHashMap<>();
    metrics.put("cams", miou());
    metrics.put("images", new ImageMap(new ImageMapConfig()));
    return metrics;
  }

  private static CamConfig config(int pixelsPerPass) {
    return new CamConfig(SCALES, true, pixelsPerPass);
  }

  private SplitScorer scorer(int pixelsPerPass) {
    return new SplitScorer(
        new TrainedModel(FakeNetworks.formula(manager), manager), config(pixelsPerPass));
  }
}
