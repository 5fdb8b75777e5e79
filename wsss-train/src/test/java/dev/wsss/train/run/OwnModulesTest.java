package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.config.NoConfig;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.optimiser.LearningParameter;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Optimiser, schedule and classification loss of a plugin train a run that can be killed. */
class OwnModulesTest {
  private static final WsssPlugin PLUGIN =
      registry -> {
        registry.add(Optimiser.class, "two-moments", NoConfig.class, TwoMoments.class);
        registry.add(RateSchedule.class, "falling", NoConfig.class, Falling.class);
        registry.add(ClassificationLoss.class, "squares", NoConfig.class, Squares.class);
      };

  @TempDir Path temp;

  /** Adam without its corrections: two arrays for each parameter. */
  static final class TwoMoments implements Optimiser {
    private final LearningParameters parameters;
    private final Map<String, NDArray> state = new TreeMap<>();

    @Inject
    TwoMoments(LearningParameters parameters) {
      this.parameters = parameters;
      parameters.zeros().forEach((name, zeros) -> state.put("first." + name, zeros));
      parameters.zeros().forEach((name, zeros) -> state.put("second." + name, zeros));
    }

    @Override
    public void step(double rate, TrainingClock clock) {
      for (ParameterGroup group : parameters.groups()) {
        for (LearningParameter p : group.parameters()) {
          NDArray first = state.get("first." + p.name());
          NDArray second = state.get("second." + p.name());
          first.muli(0.9f).addi(p.gradient().mul(0.1f));
          second.muli(0.99f).addi(p.gradient().square().mul(0.01f));
          NDArray change = first.div(second.sqrt().add(1e-3f));
          p.value().stopGradient().subi(change.mul((float) (rate * group.rateFactor())));
        }
      }
    }

    @Override
    public Map<String, NDArray> state() {
      return state;
    }
  }

  static final class Falling implements RateSchedule {
    @Inject
    Falling() {}

    @Override
    public double factorAt(TrainingClock clock) {
      return 1.0 / clock.epoch();
    }
  }

  static final class Squares implements ClassificationLoss {
    @Inject
    Squares() {}

    @Override
    public NDArray loss(NDArray logits, BatchPart part) {
      NDArray error = logits.sub(part.labels()).square().sum();
      return Constants.mul(error, 1f / part.batch().size());
    }
  }

  @Test
  void goOnAfterAKillToTheNumbersOfAnUnbrokenRun() throws IOException {
    ResolvedRun run =
        SmallRuns.resolved(
            List.of(PLUGIN),
            "optimiser={type: two-moments, rate: 0.003, schedule: falling}",
            "classification-loss=squares");
    train(run, "unbroken", Resume.FRESH, RunListener.SILENT);
    RunListener killer =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> train(run, "broken", Resume.FRESH, killer)).hasMessage("killed");
    train(run, "broken", Resume.CONTINUE, RunListener.SILENT);

    for (String file : List.of("student", "teacher", "optimiser")) {
      assertThat(checkpoint("broken", file)).as(file).isEqualTo(checkpoint("unbroken", file));
    }
    assertThat(temp.resolve("broken/metrics.csv"))
        .content()
        .contains("\n1,4,rate,0.00300000000\n", "\n2,8,rate,0.00150000000\n");
  }

  @Test
  void aLossThatFailsIsNamed() {
    WsssPlugin broken =
        registry ->
            registry.add(ClassificationLoss.class, "broken", NoConfig.class, BrokenLoss.class);
    ResolvedRun run = SmallRuns.resolved(List.of(broken), "classification-loss=broken");

    assertThatThrownBy(() -> train(run, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "epoch 1, step 1 of 8: classification-loss ("
                + BrokenLoss.class.getName()
                + ") failed in loss: java.lang.IllegalStateException: no labels; run.log or --debug"
                + " shows where");
  }

  static final class BrokenLoss implements ClassificationLoss {
    @Inject
    BrokenLoss() {}

    @Override
    public NDArray loss(NDArray logits, BatchPart part) {
      throw new IllegalStateException("no labels");
    }
  }

  private byte[] checkpoint(String folder, String name) throws IOException {
    return Files.readAllBytes(
        temp.resolve(folder).resolve("checkpoints/last/" + name + ".safetensors"));
  }

  private void train(ResolvedRun run, String folder, Resume resume, RunListener listener) {
    try (Run open = Run.open(run, temp.resolve(folder), resume)) {
      open.train(listener);
    }
  }
}
