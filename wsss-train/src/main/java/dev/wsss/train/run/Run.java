package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.HeldOut;
import dev.wsss.eval.cam.LabelledPicture;
import dev.wsss.eval.cam.SplitScorer;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.ScoringConfig;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.loop.TrainingLoop;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured run: wired, then trained and scored. Holds native memory until it is closed; used
 * by one thread, and only one run at a time may train in a process.
 */
public final class Run implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** Fixed, so that every run on a data set chooses thresholds on the same pictures. */
  private static final long HELD_OUT_SEED = 0;

  private final RunConfig config;
  private final WiredRun wired;

  private Run(RunConfig config, WiredRun wired) {
    this.config = config;
    this.wired = wired;
  }

  /**
   * Builds data set, networks and modules, so that whatever can be wrong is found before training.
   *
   * @throws dev.wsss.api.data.DataException if the data set cannot be used
   */
  public static Run wire(RunConfig config) {
    WiredRun wired = WiredRun.of(config);
    try {
      var training = wired.data().examples(config.training().split());
      BatchLoader.requireOneBatch(training, config.training().batch());
      wired.data().examples(config.scoring().split());
      config
          .training()
          .start()
          .ifPresent(
              other ->
                  new Checkpoints(other, wired.root())
                      .loadNetworks(wired.student(), wired.teacher()));
      warnOfIdleSlots(config, training.size() / config.training().batch());
      return new Run(config, wired);
    } catch (RuntimeException e) {
      wired.root().close();
      throw e;
    }
  }

  private static void warnOfIdleSlots(RunConfig config, int stepsPerEpoch) {
    int epochs = config.training().epochs();
    config
        .selfSupervision()
        .forEach(
            (name, slot) -> {
              if (slot.fromEpoch() > epochs) {
                warnOfIdle(name, "from-epoch", slot.fromEpoch(), "training.epochs is " + epochs);
              } else if (slot.fromStep() > (long) epochs * stepsPerEpoch) {
                String steps = "the run has " + (long) epochs * stepsPerEpoch + " steps";
                warnOfIdle(name, "from-step", slot.fromStep(), steps);
              }
            });
  }

  private static void warnOfIdle(String slot, String key, int value, String end) {
    LOG.warn("self-supervision.{} never counts: {} is {}, {}", slot, key, value, end);
  }

  /**
   * The data set that a run would learn from, without its networks.
   *
   * @throws dev.wsss.api.data.DataException if it cannot be used
   */
  public static SegmentationDataset dataOf(RunConfig config) {
    return WiredRun.dataOf(config);
  }

  /** Reads the result of a finished run; empty where it is not finished. */
  public static Optional<RunResult> finished(Path folder) {
    try {
      return new ResultFile(folder).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data set, as configured. */
  public SegmentationDataset data() {
    return wired.data();
  }

  /**
   * Trains, scores, and leaves {@code checkpoints/}, {@code metrics.csv}, {@code cams/}, {@code
   * masks/}, {@code curves.csv}, {@code report.html} and {@code scores.json} in {@code folder}.
   *
   * @throws TrainingException if training cannot go on
   */
  public RunResult train(Path folder, Resume resume, RunListener listener) {
    Checkpoints checkpoints = new Checkpoints(folder, wired.root());
    if (resume == Resume.FRESH && checkpoints.exist()) {
      throw new TrainingException(
          folder
              + " holds a checkpoint of an earlier run; go on with --resume or choose another"
              + " folder");
    }
    long start = System.nanoTime();
    try {
      Files.createDirectories(folder);
      var contents =
          new Checkpoints.Contents(
              wired.student(), wired.teacher(), wired.optimiser(), wired.slots());
      Progress progress = checkpoints.load(contents).orElse(Progress.NONE);
      MetricsFile metrics = new MetricsFile(folder, progress.epoch());
      int badImages;
      try (BatchLoader loader = loader()) {
        EpochSaver saver =
            new EpochSaver(
                checkpoints,
                contents,
                metrics,
                new TensorBoardEvents(folder, Clock.systemUTC()),
                listener,
                progress,
                loader::badImages,
                start);
        new TrainingLoop(wired.step(), loader, config.training().epochs())
            .run(progress.epoch() + 1, saver);
        badImages = Math.max(progress.badImages(), loader.badImages());
      }
      SplitMaps maps = maps(folder, config.scoring().maps(), Set.of());
      CurveFile curves = new CurveFile(wired.data().classes());
      RunResult scored = score(config.scoring().split(), listener, maps, curves);
      maps.writeMasks();
      curves.write(folder);
      double seconds = progress.seconds() + (System.nanoTime() - start) * 1e-9;
      RunResult result =
          new RunResult(scored.split(), scored.scores(), badImages, scored.badPictures(), seconds);
      new HtmlReport(folder).write(result);
      new ResultFile(folder).write(result); // last: it says that the run is finished
      return result;
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Scores the last checkpoint of a run's folder on a split; writes nothing. */
  public RunResult score(Path folder, String split, RunListener listener) {
    new Checkpoints(folder, wired.root()).loadNetworks(wired.student(), wired.teacher());
    return score(split, listener, SplitMaps.none(), new CurveFile(wired.data().classes()));
  }

  /**
   * Pictures that were labelled.
   *
   * @param result what they score, where they have masks
   * @param threshold score from which a pixel got its class
   */
  public record Labelled(RunResult result, double threshold) {}

  /**
   * Scores the last checkpoint of a run's folder on a split, and writes {@code cams/} and {@code
   * masks/} of all its pictures to another folder. Masks are cut at the held-out threshold, or at
   * {@code scoring.mask-threshold} where none could be chosen.
   */
  public Labelled label(Path folder, String split, Path out, RunListener listener) {
    new Checkpoints(folder, wired.root()).loadNetworks(wired.student(), wired.teacher());
    Set<String> all = ids(wired.data().examples(split));
    SplitMaps maps = maps(out, Integer.MAX_VALUE, all);
    RunResult scored = score(split, listener, maps, new CurveFile(wired.data().classes()));
    try {
      maps.writeMasks();
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + out + ": " + e.getMessage(), e);
    }
    return new Labelled(scored, maps.threshold());
  }

  private SplitMaps maps(Path folder, int most, Set<String> heldOutToo) {
    return new SplitMaps(
        folder, wired.data()::maskName, most, heldOutToo, config.scoring().maskThreshold());
  }

  private static Set<String> ids(List<Example> examples) {
    return examples.stream().map(Example::id).collect(Collectors.toSet());
  }

  /**
   * Class activation maps and class probabilities of one picture, by the network as it stands:
   * after {@link #train}, or as pretrained.
   *
   * @param image of any size
   * @param example its name and labels; only labelled classes get maps
   */
  public Prediction predict(RgbImage image, Example example) {
    CamInference inference = new CamInference(scoredNetwork(), config.cams(), wired.root());
    LabelledPicture picture = new LabelledPicture(example, image, Optional.empty());
    return scoredNetwork().withoutGradients(() -> inference.predict(picture));
  }

  private CamNetwork scoredNetwork() {
    return config.scoring().network() == ScoringConfig.Network.STUDENT
        ? wired.student()
        : wired.teacher();
  }

  private BatchLoader loader() {
    var training = config.training();
    return new BatchLoader(
        wired.data(),
        wired.data().examples(training.split()),
        config.augmentation(),
        wired.student().input(),
        training.batch(),
        training.seed(),
        training.onBadImage(),
        training.workers());
  }

  private RunResult score(String split, RunListener listener, SplitMaps maps, CurveFile curves) {
    long start = System.nanoTime();
    ScoringConfig scoring = config.scoring();
    List<Example> heldOut =
        HeldOut.choose(
            wired.data().examples(config.training().split()),
            scoring.heldOutShare(),
            HELD_OUT_SEED);
    Set<String> apart = ids(heldOut);
    List<Example> reported =
        wired.data().examples(split).stream().filter(e -> !apart.contains(e.id())).toList();
    CamNetwork network = scoredNetwork();
    int total = reported.size() + heldOut.size();
    var scorer = new SplitScorer(network, config.cams(), wired.root());
    var scores =
        network.withoutGradients(
            () ->
                scorer.score(
                    wired.data(),
                    reported,
                    heldOut,
                    wired.metrics(),
                    new SplitListener(
                        listener, maps, curves, total, config.training().onBadImage())));
    return new RunResult(
        split, scores, 0, scorer.badPictures(), (System.nanoTime() - start) * 1e-9);
  }

  @Override
  public void close() {
    wired.root().close();
  }
}
