package dev.wsss.train.pipeline;

import dev.wsss.api.config.Choice;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.affinity.AffinityConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.provenance.RunIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The first round is mostly loading and compiling. */
  private static final int GROWTH_AFTER_FIRST = 2;

  /** A round starts only if it is expected to end within so many seconds from the beginning. */
  private static final double SECONDS_AT_MOST = 60;

  private final ResolvedRun run;
  private final PipelinePictures pictures;
  private final List<Stage> stages;

  /**
   * @param stages of the whole pipeline
   */
  Trial(ResolvedRun run, PipelinePictures pictures, List<Stage> stages) {
    this.run = oneEpoch(run);
    this.pictures = pictures;
    this.stages = stages;
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
          0);
    }
    int most = Math.max(pictures.training().size(), pictures.scored().size());
    double before = 0;
    for (int each = FIRST_ROUND; ; each *= GROWTH) {
      List<PipelineEstimate.Expected> found = round(plan, each, trying);
      double spent = (System.nanoTime() - start) * 1e-9;
      int growth = each == FIRST_ROUND ? GROWTH_AFTER_FIRST : GROWTH;
      if (each >= most || spent + growth * (spent - before) > SECONDS_AT_MOST) {
        return new PipelineEstimate(found, Math.min(each, most), spent);
      }
      before = spent;
    }
  }

  private List<PipelineEstimate.Expected> round(
      List<PlannedStage> plan, int each, Consumer<String> trying) throws IOException {
    Path folder = Files.createTempDirectory("wsss-trial");
    try {
      List<Stage> few = StageList.of(run, pictures.few(each), new RunIdentities());
      Made made = new Made();
      List<PipelineEstimate.Expected> found = new ArrayList<>();
      for (int i = 0; i < plan.size(); i++) {
        PlannedStage planned = plan.get(i);
        Path own = planned.finished().orElse(folder.resolve(planned.name()));
        Optional<StageCost> cost = Optional.empty();
        if (planned.finished().isEmpty()) {
          trying.accept(planned.name());
          cost =
              Optional.of(
                  cost(few.get(i), stages.get(i), Files.createDirectories(own), made, each));
        }
        made.add(planned.name(), own);
        found.add(new PipelineEstimate.Expected(planned, cost));
      }
      return found;
    } finally {
      delete(folder);
    }
  }

  private static StageCost cost(Stage few, Stage whole, Path own, Made made, int each)
      throws IOException {
    TrialClock clock = new TrialClock();
    few.tryOut(own, made, each + 1, clock);
    double seconds = clock.secondsOf(whole);
    long bytes = StageFolders.bytes(own);
    return new StageCost(
        seconds,
        whole.pictures(),
        few.pictures() == 0 ? bytes : bytes * whole.pictures() / few.pictures());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
