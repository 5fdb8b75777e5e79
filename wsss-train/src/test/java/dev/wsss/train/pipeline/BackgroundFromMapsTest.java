package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.refine.ScoreThreshold;
import dev.wsss.eval.store.MapStore;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Masks whose background is told by the maps alone; all of one training. */
class BackgroundFromMapsTest {
  private static final PipelineRange SEEDS =
      new PipelineRange(Optional.empty(), Optional.of("seeds"));
  private static final PipelineListener SILENT = PipelineListener.SILENT;

  @TempDir private static Path temp;

  @BeforeAll
  static void trainsOnce() {
    pipeline().run(new PipelineRange(Optional.empty(), Optional.of("maps")), SILENT);
  }

  @Test
  void shareIsTheLowestThresholdBelowWhichSoManyPixelsLie() throws IOException {
    for (double share : new double[] {0.5, 0.9}) {
      PipelineResult result =
          pipeline("pseudo-labels={background: share, background-share: " + share + "}")
              .run(SEEDS, SILENT);

      Background background = Background.read(result.folder("seeds"));
      assertThat(background.mode()).isEqualTo("share");
      MapStore maps = maps(result);
      List<Example> training = data().examples("train");
      double threshold = background.threshold();
      assertThat(shareOfBackground(masksAt(training, maps, threshold))).isBetween(share, 0.99);
      assertThat(shareOfBackground(masksAt(training, maps, threshold - 0.001))).isLessThan(share);
      assertThat(written(result)).isEqualTo(indices(masksAt(training, maps, threshold)));
      assertThat(result.folder("seeds").resolve("background.json"))
          .hasContent(
              """
              {
                "rule": "SHARE",
                "threshold": %s,
                "mode": "share",
                "alpha": 4.0
              }
              """
                  .formatted(threshold));
    }
  }

  @Test
  void shareIsLoggedAndTheSameInEveryOrder() throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger(SeedStage.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    PipelineResult result = pipeline("pseudo-labels={background: share}").run(SEEDS, SILENT);
    logger.detachAppender(log);

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("background: " + Background.read(result.folder("seeds")));
    assertThat(Background.read(result.folder("seeds")))
        .asString()
        .matches("threshold 0\\.\\d{1,3} \\(share\\)");
    MapStore maps = maps(result);
    List<Example> backwards = new ArrayList<>(data().examples("train"));
    Collections.reverse(backwards);

    assertThat(ScoreQuantile.of(backwards, maps, 0.75))
        .isEqualTo(Background.read(result.folder("seeds")).threshold());
  }

  @Test
  void anInterruptChangesNothing() throws IOException {
    String rule = "pseudo-labels={background: share, background-share: 0.6}";
    assertThatThrownBy(() -> pipeline(rule).run(SEEDS, new InterruptedSeeds()))
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("stopped in stage seeds after ");
    assertThat(Thread.interrupted()).isTrue();
    PipelineResult result = pipeline(rule).run(SEEDS, SILENT);

    assertThat(written(result))
        .isEqualTo(
            indices(
                masksAt(
                    data().examples("train"),
                    maps(result),
                    ScoreQuantile.of(data().examples("train"), maps(result), 0.6))));
  }

  @Test
  void otsuIsEachPicturesOwnThreshold() throws IOException {
    PipelineResult result = pipeline("pseudo-labels={background: otsu}").run(SEEDS, SILENT);

    MapStore maps = maps(result);
    List<IndexMask> masks = new ArrayList<>();
    List<Float> thresholds = new ArrayList<>();
    for (Example example : data().examples("train")) {
      float[] scores = maps.maps(example.id()).scores().score();
      thresholds.add(ScoreThreshold.otsu(scores, 0, scores.length));
      masks.add(maps.maps(example.id()).mask(thresholds.get(thresholds.size() - 1)));
    }
    assertThat(thresholds.stream().distinct().count()).isGreaterThan(5);
    assertThat(written(result)).isEqualTo(indices(masks));
  }

  @Test
  void noMasksAreNeeded() throws IOException {
    PictureFolder folder = new PictureFolder(temp.resolve("data")).withoutMasks().trainingAlone();
    Logger logger = (Logger) LoggerFactory.getLogger(Background.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    List<Double> thresholds = new ArrayList<>();
    for (String rule : List.of("share", "otsu", "threshold")) {
      ResolvedRun run =
          SmallRuns.resolved(
              folder.data(),
              "augmentation.crop=32",
              "training.batch=2",
              "self-supervision=null",
              "pseudo-labels.background=" + rule);
      PipelineResult result = new Pipeline(run, temp.resolve("b")).run(SEEDS, SILENT);

      assertThat(written(result, Run.dataOf(run.config()))).hasSize(6);
      assertThat(result.rows().get(2).imageMap()).containsOnlyKeys("train");
      assertThat(result.tables().toString()).contains("image mAP, train");
      thresholds.add(Background.read(result.folder("seeds")).threshold());
    }
    logger.detachAppender(log);
    assertThat(thresholds.get(2)).as("threshold that nobody gives").isEqualTo(thresholds.get(0));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "no masks to choose the threshold of background with; it is taken so that 75 % of the"
                + " pixels are background. Set pseudo-labels.background-share to what is right for"
                + " these pictures");
  }

  /** Pipelines in one folder share their training and their maps. */
  private static Pipeline pipeline(String... overrides) {
    return new Pipeline(SmallRuns.resolved(overrides), temp.resolve("a"));
  }

  private static SegmentationDataset data() {
    return Run.dataOf(SmallRuns.config());
  }

  private static MapStore maps(PipelineResult result) {
    return MapStore.open(result.folder("maps").resolve("maps"));
  }

  private static List<IndexMask> masksAt(List<Example> examples, MapStore maps, double threshold) {
    return examples.stream().map(example -> maps.maps(example.id()).mask(threshold)).toList();
  }

  private static double shareOfBackground(List<IndexMask> masks) {
    return indices(masks).stream()
        .flatMap(List::stream)
        .mapToInt(index -> index == 0 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static List<List<Byte>> written(PipelineResult result) throws IOException {
    return written(result, data());
  }

  private static List<List<Byte>> written(PipelineResult result, SegmentationDataset data)
      throws IOException {
    List<IndexMask> masks = new ArrayList<>();
    for (Example example : data.examples("train")) {
      masks.add(new MaskFolder(result.folder("seeds"), data).read(example).orElseThrow());
    }
    return indices(masks);
  }

  private static List<List<Byte>> indices(List<IndexMask> masks) {
    List<List<Byte>> all = new ArrayList<>();
    for (IndexMask mask : masks) {
      List<Byte> indices = new ArrayList<>();
      for (byte index : mask.indices()) {
        indices.add(index);
      }
      all.add(indices);
    }
    return all;
  }

  /** Interrupts the stage seeds at its first picture. */
  private static final class InterruptedSeeds implements PipelineListener {
    @Override
    public StageListener started(int number, int of, String stage, Path folder, String reason) {
      Thread pipeline = Thread.currentThread();
      return new StageListener() {
        @Override
        public void picture(int done, int of) {
          if (stage.equals("seeds")) {
            pipeline.interrupt();
          }
        }
      };
    }
  }
}
