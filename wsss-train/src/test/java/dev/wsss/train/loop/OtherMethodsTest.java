package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.wiring.WiredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules of other papers learn in the same loop. */
class OtherMethodsTest {
  private static final String FROZEN = "network.backbone.batch-norm=fixed-statistics";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seam: {scale: 0.5}",
        "seam: {scale: 0.5, correlation-weight: 1}",
        "pixel-to-prototype: {}",
        "pixel-to-prototype: {projection: 0, refine: {pixel-adaptive: {}}}"
      })
  void theLossFallsOnOneBatch(String module) {
    List<Map<String, Double>> steps = new ArrayList<>();
    String name = module.substring(0, module.indexOf(':'));

    train(config(module, "training.classification-weight=0"), 40, steps);

    assertThat(steps).allSatisfy(step -> assertThat(step.values()).allMatch(Double::isFinite));
    double first = steps.get(0).get(name);
    assertThat(first).isPositive();
    assertThat(steps.get(39).get(name)).isLessThan(0.8 * first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seam: {scale: 0.5, correlation-weight: 1}", "pixel-to-prototype: {}"})
  void theStepIsTheSameHoweverTheBatchIsCut(String module) {
    Map<String, float[]> whole = train(config(module), 1, new ArrayList<>());
    Map<String, float[]> cut =
        train(config(module, "training.micro-batch=3"), 1, new ArrayList<>());

    whole.forEach(
        (name, values) ->
            assertThat(cut.get(name))
                .as(name)
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(values));
  }

  private static RunConfig config(String module, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add(FROZEN);
    all.add("self-supervision={" + module + "}");
    return SmallRuns.config(all.toArray(String[]::new));
  }

  /** The student's values after some steps on one batch, and what each step logged. */
  private static Map<String, float[]> train(
      RunConfig config, int steps, List<Map<String, Double>> logged) {
    WiredRun run = WiredRun.of(config);
    try (BatchLoader loader =
        new BatchLoader(
            run.data(),
            run.data().examples("train"),
            config.augmentation(),
            run.student().input(),
            config.training().batch(),
            1,
            config.training().onBadImage(),
            1)) {
      HostBatch batch = loader.epoch(1, 0).next();
      for (int step = 1; step <= steps; step++) {
        logged.add(run.step().run(batch, new TrainingClock(1, 1, step, 2 * steps)).losses());
      }
      Map<String, float[]> values = new TreeMap<>();
      run.student()
          .parameters()
          .forEach((name, p) -> values.put(name, p.getArray().toFloatArray()));
      return values;
    } finally {
      run.root().close();
    }
  }
}
