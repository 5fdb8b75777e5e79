package dev.wsss.train.pipeline;

import dev.wsss.api.config.Choice;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.affinity.AffinityConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.provenance.PeakMemory;
import dev.wsss.train.provenance.RunIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds what stages would take: the same stages on a few pictures, one after the other, in a folder
 * that is deleted afterwards. A stage that is finished is read where it lies.
 *
 * <p>A round takes four times as many pictures and steps as the one before, while there is time for
 * it; the last one counts. Networks have learned next to nothing then, which changes no cost: only
 * labelled classes have maps, and the segmentation network is told the labels.
 */
final class Trial {
  private static final int FIRST_ROUND = 4;
  private static final int GROWTH = 4;

  /** One that does not count and two that do; a step of a large network takes a minute. */
  private static final int FIRST_STEPS = 3;

  private static final int STEPS_AT_MOST = 1000;

  /**
   * How long a trial may take.
   *
   * @param secondsAtMost a round starts only if it is expected to end within so many seconds from
   *     the beginning, the first one always
   * @param warmAfterSeconds a stage that ends sooner is tried again, a training with more steps
   */
  record Limits(double secondsAtMost, double warmAfterSeconds) {
    /** A minute or so for a small recipe. */
    static final Limits USUAL = new Limits(45, 3);
  }

  private final ResolvedRun run;
  private final PipelinePictures pictures;
  private final List<Stage> stages;
  private final Limits limits;

  /**
   * @param stages of the whole pipeline
   */
  Trial(ResolvedRun run, PipelinePictures pictures, List<Stage> stages, Limits limits) {
    this.run = oneEpoch(run);
    this.pictures = pictures;
    this.stages = stages;
    this.limits = limits;
  }

  /** The trainings from masks end after an epoch, whose pictures the stage chooses. */
  private static ResolvedRun oneEpoch(ResolvedRun run) {
    ConfigTree tree = run.tree();
    if (run.config().segmentation().isPresent()) {
      tree = tree.override("segmentation.training.epochs=1");
    }
    Map<String, Choice<PseudoLabelRefiner>> refiners =
        run.config().pseudoLabels().map(labels -> labels.refine()).orElse(Map.of());
    for (Map.Entry<String, Choice<PseudoLabelRefiner>> refiner : refiners.entrySet()) {
      if (refiner.getValue().config() instanceof AffinityConfig) {
        tree = tree.override("pseudo-labels.refine." + refiner.getKey() + ".training.epochs=1");
      }
    }
    return ResolvedRun.bind(new ConfigLoader(run.modules(), Trial.class.getClassLoader()), tree);
  }

  /**
   * Tries the stages that would run.
   *
   * @param plan of the first of the stages, or of all
   * @param trying hears the name of each stage before it is tried
   */
  PipelineEstimate estimate(List<PlannedStage> plan, Consumer<String> trying) throws IOException {
    long start = System.nanoTime();
    if (plan.stream().allMatch(stage -> stage.action() == PlannedStage.Action.KEPT)) {
      return new PipelineEstimate(
          plan.stream().map(s -> new PipelineEstimate.Expected(s, Optional.empty())).toList(),
          0,
          0,
          PeakMemory.mebibytes());
    }
    int most = Math.max(pictures.training().size(), pictures.scored().size());
    for (int each = FIRST_ROUND; ; each *= GROWTH) {
      Round round = round(plan, each, trying);
      double spent = secondsSince(start);
      if (each >= most || spent + GROWTH * round.seconds() > limits.secondsAtMost()) {
        return new PipelineEstimate(
            round.found(), Math.min(each, most), spent, PeakMemory.mebibytes());
      }
    }
  }

  /**
   * Stages that were tried on so many pictures.
   *
   * @param seconds of the last try of each
   */
  private record Round(List<PipelineEstimate.Expected> found, double seconds) {}

  private Round round(List<PlannedStage> plan, int each, Consumer<String> trying)
      throws IOException {
    Path folder = Files.createTempDirectory("wsss-trial");
    try {
      return round(plan, each, folder, trying);
    } catch (RuntimeException e) {
      throw Thread.currentThread().isInterrupted() ? stopped(e) : e;
    } finally {
      delete(folder);
    }
  }

  /** What was being tried tells of checkpoints, of which none is left. */
  private static CancellationException stopped(RuntimeException e) {
    CancellationException stopped =
        new CancellationException("the trial was stopped; nothing of it is left");
    stopped.initCause(e);
    return stopped;
  }

  private Round round(List<PlannedStage> plan, int each, Path folder, Consumer<String> trying)
      throws IOException {
    List<Stage> few = StageList.of(run, pictures.few(each), new RunIdentities());
    Made made = new Made();
    List<PipelineEstimate.Expected> found = new ArrayList<>();
    double seconds = 0;
    for (int i = 0; i < plan.size(); i++) {
      PlannedStage planned = plan.get(i);
      Path own = planned.finished().orElse(folder.resolve(planned.name()));
      Optional<StageCost> cost = Optional.empty();
      if (planned.finished().isEmpty()) {
        trying.accept(planned.name());
        Tried tried = tried(few.get(i), stages.get(i), own, made);
        cost = Optional.of(tried.cost());
        seconds += tried.seconds();
      }
      made.add(planned.name(), own);
      found.add(new PipelineEstimate.Expected(planned, cost));
    }
    return new Round(found, seconds);
  }

  /**
   * A stage that was tried.
   *
   * @param cost of the whole
   * @param seconds of the last try
   */
  private record Tried(StageCost cost, double seconds) {}

  /** Tries a stage until Java has compiled it and a training has made enough steps for a median. */
  private Tried tried(Stage few, Stage whole, Path own, Made made) throws IOException {
    long start = System.nanoTime();
    for (int steps = FIRST_STEPS; ; steps = Math.min(GROWTH * steps, STEPS_AT_MOST)) {
      Files.createDirectories(own);
      TrialClock clock = new TrialClock();
      few.tryOut(own, made, steps, clock);
      if (secondsSince(start) > limits.warmAfterSeconds()) {
        long bytes = StageFolders.bytes(own);
        StageCost cost =
            new StageCost(
                clock.secondsOf(whole),
                whole.pictures(),
                few.pictures() == 0 ? bytes : bytes * whole.pictures() / few.pictures());
        return new Tried(cost, clock.seconds());
      }
      delete(own);
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) * 1e-9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
