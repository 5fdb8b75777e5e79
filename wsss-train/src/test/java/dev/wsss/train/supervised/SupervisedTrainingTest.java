package dev.wsss.train.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.augment.MaskSource;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.augment.OwnMasks;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.SupervisedConfig;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTrainingTest {
  private static final TwoColours DATA = new TwoColours();
  private static final OptimiserConfig OPTIMISER =
      SmallRuns.config("optimiser.rate=0.5", "optimiser.new-layer-rate-factor=2").optimiser();

  private NDManager root;
  @TempDir private Path temp;

  @BeforeEach
  void open() {
    root = Engine.getEngine("PyTorch").newBaseManager();
  }

  @AfterEach
  void close() {
    root.close();
  }

  private static SupervisedConfig config(int epochs, int microBatch, int workers) {
    return new SupervisedConfig(epochs, 4, microBatch, 7, OnBadImage.FAIL, 1e4, workers);
  }

  private static AugmentationConfig varied() {
    return new AugmentationConfig(12, 20, 0.5, 0.5, 0.2, 0.2, 0.2, 0.02, 0, 16, 1);
  }

  private SupervisedTraining training(MaskLearner learner, SupervisedConfig config) {
    return new SupervisedTraining(root, learner, OPTIMISER, varied(), config);
  }

  private Progress train(
      MaskLearner learner, SupervisedConfig config, Path folder, RunListener listener) {
    return train(learner, config, folder, new OwnMasks(DATA), listener);
  }

  private Progress train(
      MaskLearner learner,
      SupervisedConfig config,
      Path folder,
      MaskSource masks,
      RunListener listener) {
    return training(learner, config).run(folder, DATA, DATA.examples("train"), masks, listener);
  }

  /** Tells of every epoch's loss. */
  private record Losses(List<Double> values) implements RunListener {
    Losses() {
      this(new ArrayList<>());
    }

    @Override
    public void epoch(EpochReport report) {
      values.add(report.means().get("total"));
    }
  }

  /** Fails once an epoch stands, as if the process were killed then. */
  private record Killed(int epoch) implements RunListener {
    @Override
    public void epoch(EpochReport report) {
      if (report.clock().epoch() == epoch) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void step(StepReport report) {
      if (report.clock().epoch() == epoch + 1 && report.clock().step() % 2 == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void learnsWhatTheMasksSay() {
    ColourLearner learner = new ColourLearner(root, 0);
    Losses losses = new Losses();
    Progress progress = train(learner, config(6, 0, 1), temp, losses);

    assertThat(progress.epoch()).isEqualTo(6);
    assertThat(losses.values()).hasSize(6);
    assertThat(losses.values().get(0)).isLessThan(Math.log(2));
    assertThat(losses.values().get(5)).isLessThan(0.25 * losses.values().get(0));
    assertThat(learner.values()[0]).as("red speaks for the square").isGreaterThan(1);
    assertThat(learner.values()[2]).as("blue against it").isLessThan(-1);
  }

  @Test
  void aTrainingThatWasKilledGoesOnToTheSameBytes() throws IOException {
    ColourLearner unbroken = new ColourLearner(root, 0.5f);
    train(unbroken, config(3, 0, 1), temp.resolve("unbroken"), RunListener.SILENT);

    Path folder = temp.resolve("killed");
    assertThatThrownBy(
            () -> train(new ColourLearner(root, 0.5f), config(3, 0, 1), folder, new Killed(1)))
        .hasMessage("killed");
    RunListener later =
        new RunListener() {
          @Override
          public void step(StepReport report) {
            if (report.clock().step() == 8) { // in the middle of epoch 2
              throw new IllegalStateException("killed again");
            }
          }
        };
    assertThatThrownBy(() -> train(new ColourLearner(root, 0.5f), config(3, 0, 2), folder, later))
        .hasMessage("killed again");
    ColourLearner resumed = new ColourLearner(root, 0.5f);
    Losses losses = new Losses();
    Progress progress = train(resumed, config(3, 0, 2), folder, losses);

    assertThat(losses.values()).hasSize(2);
    assertThat(progress.epoch()).isEqualTo(3);
    assertThat(resumed.values()).containsExactly(unbroken.values());
    for (String file : List.of("network.safetensors", "optimiser.safetensors")) {
      assertThat(folder.resolve("checkpoints/last").resolve(file))
          .hasSameBinaryContentAs(temp.resolve("unbroken/checkpoints/last").resolve(file));
    }
    assertThat(totals(folder)).isEqualTo(totals(temp.resolve("unbroken"))).hasSize(3);
  }

  private static List<String> totals(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .filter(line -> line.contains(",total,"))
        .toList();
  }

  @Test
  void aFinishedTrainingIsReadAndNothingMore() {
    ColourLearner first = new ColourLearner(root, 0);
    train(first, config(2, 0, 1), temp, RunListener.SILENT);
    Losses losses = new Losses();
    ColourLearner again = new ColourLearner(root, 0);
    train(again, config(2, 0, 1), temp, losses);
    ColourLearner read = new ColourLearner(root, 0);
    new LearnerCheckpoints(temp).loadNetwork(root, read.parameters());

    assertThat(losses.values()).isEmpty();
    assertThat(again.values()).containsExactly(first.values());
    assertThat(read.values()).containsExactly(first.values());
  }

  @Test
  void workersChangeNoBit() {
    ColourLearner one = new ColourLearner(root, 0.5f);
    ColourLearner three = new ColourLearner(root, 0.5f);
    train(one, config(2, 0, 1), temp.resolve("one"), RunListener.SILENT);
    train(three, config(2, 0, 3), temp.resolve("three"), RunListener.SILENT);

    assertThat(three.values()).containsExactly(one.values());
  }

  /**
   * The pictures have different numbers of labelled pixels, so that means of means would differ.
   */
  @Test
  void aBatchThatIsCutGivesTheSameMean() {
    ColourLearner whole = new ColourLearner(root, 0);
    Losses wholeLosses = new Losses();
    train(whole, config(1, 0, 1), temp.resolve("whole"), wholeLosses);
    for (int size : new int[] {1, 3}) {
      ColourLearner cut = new ColourLearner(root, 0);
      Losses losses = new Losses();
      train(cut, config(1, size, 1), temp.resolve("cut" + size), losses);
      assertThat(losses.values().get(0)).isCloseTo(wholeLosses.values().get(0), within(1e-5));
      for (int i = 0; i < 4; i++) {
        assertThat(cut.values()[i]).isCloseTo(whole.values()[i], within(1e-4f));
      }
    }
  }

  @Test
  void picturesWithoutALabelledPixelTeachNothing() {
    MaskSource none =
        example -> {
          byte[] indices = new byte[256];
          java.util.Arrays.fill(indices, (byte) IndexMask.IGNORE);
          return new IndexMask(16, 16, indices);
        };
    ColourLearner learner = new ColourLearner(root, 0);
    Losses losses = new Losses();
    train(learner, config(1, 2, 1), temp, none, losses);

    assertThat(losses.values()).containsExactly(0.0);
    assertThat(learner.values()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void anInterruptStopsItAndSaysWhatIsKept() {
    RunListener interrupting =
        new RunListener() {
          @Override
          public void step(StepReport report) {
            if (report.clock().step() == 7) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThatThrownBy(() -> train(new ColourLearner(root, 0), config(3, 0, 1), temp, interrupting))
        .isInstanceOf(TrainingException.class)
        .hasMessage("stopped in epoch 2 of 3; the checkpoint of epoch 1 is kept");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aLossThatIsNoNumberIsNamedWithItsBatch() {
    MaskLearner broken = broken(Float.NaN);
    assertThatThrownBy(() -> train(broken, config(1, 0, 1), temp, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 1 of 5: loss 'total' is NaN; batch: \\d+, \\d+, \\d+, \\d+; lower"
                + " optimiser.rate or set optimiser.clip-norm");
    assertThat(new LearnerCheckpoints(temp).exist()).isFalse();
  }

  @Test
  void aLossBeyondTheLimitStopsTheRun() {
    assertThatThrownBy(() -> train(broken(1e6f), config(1, 0, 1), temp, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 1 of 5: training diverges: total loss 6\\.\\d+e\\+05 is above"
                + " training.divergence-loss 1.000e\\+04, most of it from 'total'; batch: .*; lower"
                + " optimiser.rate or set optimiser.clip-norm");
  }

  private MaskLearner broken(float factor) {
    ColourLearner learner = new ColourLearner(root, 0);
    return new MaskLearner() {
      @Override
      public dev.wsss.api.network.InputSpec input() {
        return learner.input();
      }

      @Override
      public Map<String, ai.djl.nn.Parameter> parameters() {
        return learner.parameters();
      }

      @Override
      public NDArray loss(NDArray images, NDArray labels, ObjDoubleConsumer<String> log) {
        return learner.loss(images, labels, log).mul(factor);
      }

      @Override
      public void close() {
        learner.close();
      }
    };
  }

  @Test
  void tooFewPicturesAreRefused() {
    List<Example> three = DATA.examples("train").subList(0, 3);
    assertThatThrownBy(
            () ->
                training(new ColourLearner(root, 0), config(1, 0, 1))
                    .run(temp, DATA, three, new OwnMasks(DATA), RunListener.SILENT))
        .hasMessage("3 training pictures do not fill one batch of 4; batch may be at most 3 here");
  }
}
