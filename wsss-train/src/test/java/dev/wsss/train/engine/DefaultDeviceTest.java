package dev.wsss.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything a run makes is on the run's device. Where the engine's default device is a GPU that is
 * not there, any array that takes the default instead is an error.
 */
final class DefaultDeviceTest {
  @TempDir private Path temp;

  private Engine engine;
  private NDManager all;

  @BeforeEach
  void takeTheDefaultAway() throws ReflectiveOperationException {
    engine = Engine.getEngine("PyTorch");
    try (NDManager manager = engine.newBaseManager()) {
      all = manager.getParentManager();
    }
    setDefault(Device.gpu(99));
  }

  @AfterEach
  void giveItBack() throws ReflectiveOperationException {
    setDefault(Device.cpu());
  }

  /** Of the engine, and of the manager above all others, which hands its own down. */
  private void setDefault(Device device) throws ReflectiveOperationException {
    set(Engine.class.getDeclaredField("defaultDevice"), engine, device);
    set(BaseNDManager.class.getDeclaredField("device"), all, device);
  }

  private static void set(Field field, Object of, Object value)
      throws ReflectiveOperationException {
    field.setAccessible(true);
    field.set(of, value);
  }

  @Test
  void theTrapWorks() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> manager.zeros(new Shape(1))).hasMessageContaining("CUDA");
    }
  }

  @Test
  void trainingResumingScoringAndLabellingStayOnTheRunsDevice() {
    Path folder = temp.resolve("run");
    RunListener looks =
        new RunListener() {
          @Override
          public void started(RunView view) {
            Example example = view.data().examples("val").get(0);
            try {
              view.predict(view.data().image(example), example);
            } catch (BadImageException e) {
              throw new AssertionError(e);
            }
          }
        };
    train(folder, "training.epochs=1", looks);
    train(temp.resolve("second"), "training.start=" + folder, looks);
    try (Run run = Run.open(config("training.epochs=1"), folder, Resume.CONTINUE)) {
      assertThat(run.device().line()).isEqualTo("device: cpu, as asked for");
    }

    try (Run run = Run.trained(folder, "engine.device=cpu")) {
      RunResult scored = run.score("val", OptionalDouble.empty(), RunListener.SILENT);
      assertThat(scored.scores()).containsKey("cam-miou");
      run.label("train", temp.resolve("labels"), OptionalDouble.empty(), RunListener.SILENT);
      assertThat(temp.resolve("labels").resolve("masks")).isNotEmptyDirectory();
    }
  }

  private static ResolvedRun config(String override) {
    return SmallRuns.resolved("engine.device=cpu", "training.epochs=1", override);
  }

  private static void train(Path folder, String override, RunListener listener) {
    try (Run run = Run.open(config(override), folder, Resume.FRESH)) {
      run.train(listener);
    }
  }
}
