package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.Example;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.classification.BinaryCrossEntropy;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.optimiser.ConstantSchedule;
import dev.wsss.train.teacher.FrozenTeacher;
import dev.wsss.train.wiring.WiredRun;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingStepTest {

  @Test
  void holdsAsManyArraysAfterTwoHundredStepsAsAfterSixty() {
    RunConfig config = SmallRuns.config();
    WiredRun run = WiredRun.of(config);
    try (BatchLoader loader = loader(run, config)) {
      HostBatch batch = loader.epoch(1, 0).next();
      NDManager system = run.root().getParentManager();
      for (int step = 1; step <= 60; step++) {
        run.step().run(batch, new TrainingClock(1, 1, step, 200));
      }
      int arrays = system.getManagedArrays().size();
      long outsideOfHeap = outsideOfHeapKib();
      for (int step = 61; step <= 200; step++) {
        run.step().run(batch, new TrainingClock(1, 1, step, 200));
      }
      assertThat(system.getManagedArrays()).hasSize(arrays);
      // malloc's pools breathe by some 60 MiB; keeping one graph a step would add several hundred.
      assertThat(outsideOfHeapKib() - outsideOfHeap).isLessThan(128 * 1024);
    } finally {
      run.root().close();
    }
  }

  @Test
  void givesTheSameStepHoweverTheBatchIsCut() {
    String frozen = "network.backbone.batch-norm=fixed-statistics";
    Map<String, float[]> whole = afterOneStep(SmallRuns.config(frozen));
    Map<String, float[]> pairs = afterOneStep(SmallRuns.config(frozen, "training.micro-batch=2"));
    Map<String, float[]> threes = afterOneStep(SmallRuns.config(frozen, "training.micro-batch=3"));

    whole.forEach(
        (name, values) -> {
          assertThat(pairs.get(name))
              .as(name)
              .usingComparatorWithPrecision(1e-5f)
              .containsExactly(values);
          assertThat(threes.get(name))
              .as(name)
              .usingComparatorWithPrecision(1e-5f)
              .containsExactly(values);
        });
  }

  /** The losses of a first step, which are those of the same networks. */
  @Test
  void bfloat16GivesAlmostTheSameStep() {
    RunConfig mixed = SmallRuns.config("training.precision=bfloat16");
    Map<String, Double> exact = lossesOfFirstStep(SmallRuns.config());
    Map<String, Double> losses = lossesOfFirstStep(mixed);

    for (String name : List.of("classification", "rcm", "mam")) {
      double loss = exact.get(name);
      assertThat(losses.get(name)).as(name).isNotEqualTo(loss).isCloseTo(loss, withinPercentage(5));
    }
    assertThat(afterOneStep(mixed).values())
        .allSatisfy(values -> assertThat(values).doesNotContain(Float.NaN));
  }

  @Test
  void addingOneModuleDoesNotChangeAnothersLoss() {
    Map<String, Double> both = lossesOfFirstStep(SmallRuns.config());
    Map<String, Double> alone = lossesOfFirstStep(SmallRuns.config("self-supervision.mam=null"));

    assertThat(alone.get("rcm")).isEqualTo(both.get("rcm"));
    assertThat(alone.get("classification")).isEqualTo(both.get("classification"));
    assertThat(alone).doesNotContainKey("mam");
    assertThat(both.get("total"))
        .isEqualTo(both.get("classification") + both.get("rcm") + both.get("mam"));
  }

  /** As dropout draws. */
  static final class Drawing implements SelfSupervision<String> {
    @Inject
    Drawing() {}

    @Override
    public Needs needs() {
      return new Needs(List.of(1.0), List.of(), Needs.Coupling.INDEPENDENT);
    }

    @Override
    public String derive(TeacherView teacher, Batch batch, StepContext step) {
      return "nothing";
    }

    @Override
    public NDArray loss(StudentView student, String supervision, StepContext step) {
      NDArray maps = student.maps(1);
      return maps.mul(maps.getManager().randomUniform(0, 1, maps.getShape())).sum();
    }
  }

  @Test
  void whatIsDrawnFromTheEngineFollowsFromSeedAndStep() {
    WsssPlugin plugin =
        registry -> registry.add(SelfSupervision.class, "drawing", NoKeys.class, Drawing.class);
    RunConfig config =
        SmallRuns.with(List.of(plugin), "self-supervision=null", "self-supervision={drawing: {}}");
    double once = losses(config, new TrainingClock(1, 2, 1, 8)).get("drawing");

    assertThat(losses(config, new TrainingClock(1, 2, 1, 8)).get("drawing")).isEqualTo(once);
    assertThat(losses(config, new TrainingClock(1, 2, 2, 8)).get("drawing")).isNotEqualTo(once);
  }

  @Test
  void refinersOfASlotChangeItsTargetsAlone() {
    Map<String, Double> plain = lossesOfFirstStep(SmallRuns.config());
    Map<String, Double> refined =
        lossesOfFirstStep(SmallRuns.config("self-supervision.mam.refine={pixel-adaptive: {}}"));

    assertThat(refined.get("mam")).isNotEqualTo(plain.get("mam"));
    assertThat(refined.get("rcm")).isEqualTo(plain.get("rcm"));
    assertThat(refined.get("classification")).isEqualTo(plain.get("classification"));
  }

  @Test
  void aSlotWaitsForItsEpoch() {
    assertThat(lossesOfFirstStep(SmallRuns.config("self-supervision.mam.from-epoch=2")))
        .containsKey("rcm")
        .doesNotContainKey("mam");
  }

  @Test
  void aSlotWaitsForItsStep() {
    assertThat(lossesOfFirstStep(SmallRuns.config("self-supervision.mam.from-step=2")))
        .containsKey("rcm")
        .doesNotContainKey("mam");
  }

  @Test
  void namesTheSlotWhoseLossIsNotFinite() {
    failsWith(
        student -> Constants.mul(student.maps(1).sum(), Float.NaN),
        ids ->
            "epoch 3, step 9 of 16: loss 'broken' is NaN; batch: "
                + ids
                + "; lower optimiser.rate or set optimiser.clip-norm; the checkpoint of epoch 2 is"
                + " kept");
  }

  @Test
  void namesTheSlotWhoseLossIsNoSingleNumber() {
    failsWith(
        student -> student.maps(1).sum(new int[] {1, 2, 3}),
        ids ->
            "epoch 3, step 9 of 16: loss 'broken' has shape (8); allowed is one number: sum over"
                + " images, and divide by the whole batch's counts; the checkpoint of epoch 2 is"
                + " kept");
  }

  @Test
  void namesTheSlotWhoseModuleFails() {
    failsWith(
        student -> {
          throw new IllegalStateException("no tea");
        },
        ids ->
            "epoch 3, step 9 of 16: self-supervision.broken ("
                + Broken.class.getName()
                + ") failed in loss: java.lang.IllegalStateException: no tea; run.log or --debug shows"
                + " where");
  }

  record NoKeys() {}

  static final class BrokenTeacher implements TeacherUpdate {
    @Inject
    BrokenTeacher() {}

    @Override
    public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
      throw new IllegalStateException("no tea");
    }
  }

  @Test
  void namesTheTeacherThatFails() {
    WsssPlugin plugin =
        registry -> registry.add(TeacherUpdate.class, "broken", NoKeys.class, BrokenTeacher.class);
    RunConfig config =
        SmallRuns.with(List.of(plugin), "self-supervision=null", "teacher={type: broken}");

    assertThatThrownBy(() -> lossesOfFirstStep(config))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "epoch 1, step 1 of 8: teacher ("
                + BrokenTeacher.class.getName()
                + ") failed in update: java.lang.IllegalStateException: no tea; run.log or --debug"
                + " shows where");
  }

  private static void failsWith(
      Function<StudentView, NDArray> loss, UnaryOperator<String> messageByIds) {
    RunConfig config = SmallRuns.config("self-supervision=null");
    WiredRun run = WiredRun.of(config);
    try (BatchLoader loader = loader(run, config)) {
      HostBatch batch = loader.epoch(1, 0).next();
      String ids = batch.examples().stream().map(Example::id).collect(Collectors.joining(", "));
      TrainingStep step =
          new TrainingStep(
              run.root(),
              run.student(),
              run.teacher(),
              List.of(new Slot("broken", 1, 1, 1, new Refinement(List.of(), ""), new Broken(loss))),
              new BinaryCrossEntropy(),
              new StudentUpdate(
                  run.student().parameters(),
                  config.optimiser(),
                  run.optimiser(),
                  new ConstantSchedule()),
              new FrozenTeacher(),
              run.data().classes(),
              config.training());
      assertThatThrownBy(() -> step.run(batch, new TrainingClock(3, 4, 9, 16)))
          .isInstanceOf(TrainingException.class)
          .hasMessage(messageByIds.apply(ids));
    } finally {
      run.root().close();
    }
  }

  private record Broken(Function<StudentView, NDArray> broken) implements SelfSupervision<String> {
    @Override
    public Needs needs() {
      return new Needs(List.of(1.0), List.of(), Needs.Coupling.INDEPENDENT);
    }

    @Override
    public String derive(TeacherView teacher, Batch batch, StepContext step) {
      return "nothing";
    }

    @Override
    public NDArray loss(StudentView student, String supervision, StepContext step) {
      return broken.apply(student);
    }
  }

  private static Map<String, Double> lossesOfFirstStep(RunConfig config) {
    return losses(config, new TrainingClock(1, 2, 1, 8));
  }

  private static Map<String, Double> losses(RunConfig config, TrainingClock clock) {
    WiredRun run = WiredRun.of(config);
    try (BatchLoader loader = loader(run, config)) {
      Iterator<HostBatch> batches = loader.epoch(1, 0);
      return run.step().run(batches.next(), clock).losses();
    } finally {
      run.root().close();
    }
  }

  private static Map<String, float[]> afterOneStep(RunConfig config) {
    WiredRun run = WiredRun.of(config);
    try (BatchLoader loader = loader(run, config)) {
      run.step().run(loader.epoch(1, 0).next(), new TrainingClock(1, 1, 1, 4));
      Map<String, float[]> values = new TreeMap<>();
      run.student()
          .parameters()
          .forEach((name, p) -> values.put(name, p.getArray().toFloatArray()));
      return values;
    } finally {
      run.root().close();
    }
  }

  private static BatchLoader loader(WiredRun run, RunConfig config) {
    return new BatchLoader(
        run.data(),
        run.data().examples("train"),
        config.augmentation(),
        run.student().input(),
        config.training().batch(),
        1,
        config.training().onBadImage(),
        1);
  }

  /** What the process holds, less Java's heap, which grows as it likes. */
  private static long outsideOfHeapKib() {
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() / 1024;
    try (var lines = java.nio.file.Files.lines(java.nio.file.Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmRSS:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) - heap)
          .findFirst()
          .orElse(0);
    } catch (java.io.IOException e) {
      return 0; // not Linux: the count of arrays stands alone
    }
  }
}
