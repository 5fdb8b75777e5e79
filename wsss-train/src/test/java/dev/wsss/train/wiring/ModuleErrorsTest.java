package dev.wsss.train.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.SmallRuns;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What the author of a module is told whose module cannot be made. */
@SuppressWarnings("unused") // constructors are what is tested
class ModuleErrorsTest {

  record Config() {}

  /** Does nothing, and is made like the classes below. */
  abstract static class Update implements TeacherUpdate {
    @Override
    public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
      // A fake.
    }
  }

  static final class Unmarked extends Update {
    Unmarked(Config config) {}
  }

  static final class MarkedTwice extends Update {
    @Inject
    MarkedTwice() {}

    @Inject
    MarkedTwice(Config config) {}
  }

  static final class Asking extends Update {
    @Inject
    Asking(Config config, NDManager manager) {}
  }

  static final class Field extends Update {
    @Inject private ClassNames classes;

    @Inject
    Field() {}
  }

  static final class Refusing extends Update {
    @Inject
    Refusing(Config config) {
      throw new IllegalArgumentException("decay is 2; allowed is less than 1");
    }
  }

  static final class Failing extends Update {
    @Inject
    Failing(Config config) {
      throw new IllegalStateException("no tea");
    }
  }

  static final class Unlinked extends Update {
    @Inject
    Unlinked(Config config) {
      throw new NoClassDefFoundError("com/example/Needed");
    }
  }

  static final class WithoutData extends Update {
    @Inject
    WithoutData(Config config) {
      throw new DataException("no folder /x");
    }
  }

  @Test
  void aConstructorMustBeMarked() {
    fails(
        Unmarked.class,
        "has no constructor marked with jakarta.inject.Inject; mark the one that makes it");
    fails(
        MarkedTwice.class,
        "has 2 constructors marked with jakarta.inject.Inject; mark only the one that makes it");
    fails(Update.class, "is abstract; register a class that can be made");
  }

  @Test
  void aConstructorThatAsksForTooMuchIsToldWhatThereIs() {
    fails(Asking.class, "asks for ai.djl.ndarray.NDManager in its constructor; allowed are Config");
    fails(
        Field.class,
        "marks classes with jakarta.inject.Inject; only a constructor is given anything");
  }

  @Test
  void aConstructorThatFailsIsNamed() {
    fails(
        Failing.class,
        "failed in its constructor: java.lang.IllegalStateException: no tea; --debug shows where");
    fails(
        Unlinked.class,
        "failed in its constructor: java.lang.NoClassDefFoundError: com/example/Needed; --debug"
            + " shows where");
  }

  @Test
  void aRefusalStandsAtTheModulesPlace() {
    assertThatThrownBy(() -> wire(Refusing.class))
        .isInstanceOf(ConfigException.class)
        .hasMessage("teacher: decay is 2; allowed is less than 1");
  }

  @Test
  void anErrorOfTheDataStaysOne() {
    assertThatThrownBy(() -> wire(WithoutData.class))
        .isInstanceOf(DataException.class)
        .hasMessage("no folder /x");
  }

  /** It takes all that a head may take, and shows that it was given that. */
  static final class Head extends RefusingHead {
    @Inject
    Head(Config config, FeatureSpec features, ClassNames classes, Kernels kernels) {
      super(features + " for " + classes.count() + ", " + kernels);
    }
  }

  /** A head that refuses to be made. */
  abstract static class RefusingHead implements CamHead {
    RefusingHead(String refusal) {
      throw new IllegalArgumentException(refusal);
    }

    @Override
    public NDArray pool(NDArray maps) {
      return maps;
    }

    @Override
    public Block block() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aHeadIsGivenTheBackbonesFeatures() {
    WsssPlugin mine = registry -> registry.add(CamHead.class, "mine", Config.class, Head.class);

    assertThatThrownBy(
            () -> WiredRun.of(SmallRuns.with(List.of(mine), "network.head={type: mine}")))
        .hasMessage("network.head: FeatureSpec[channels=32, strideInPixels=4] for 5, TUNED");
  }

  /** It takes all that a backbone may take, and shows that it was given that. */
  static final class Net implements Backbone {
    @Inject
    Net(Config config, Kernels kernels) {
      throw new IllegalArgumentException("computes " + kernels);
    }

    @Override
    public Block block() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FeatureSpec output() {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputSpec input() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aBackboneIsGivenTheKernelsThatTheConfigurationChose() {
    WsssPlugin mine = registry -> registry.add(Backbone.class, "mine", Config.class, Net.class);

    assertThatThrownBy(
            () ->
                WiredRun.of(
                    SmallRuns.with(
                        List.of(mine), "network.backbone={type: mine}", "engine.kernels=plain")))
        .hasMessage("network.backbone: computes PLAIN");
    assertThatThrownBy(() -> SmallRuns.with(List.of(), "engine.kernels=fast"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "-o engine.kernels=fast: engine.kernels: found 'fast'; allowed is one of tuned, plain");
  }

  @Test
  void whatIsWrongWithAModuleIsNotLoggedAsWell() {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger guice = Logger.getLogger("com.google.inject");
    guice.addHandler(handler);
    try {
      assertThatThrownBy(() -> wire(Unmarked.class)).isInstanceOf(PluginException.class);
      assertThat(records).isEmpty();
    } finally {
      guice.removeHandler(handler);
    }
  }

  private static void fails(Class<? extends TeacherUpdate> implementation, String what) {
    assertThatThrownBy(() -> wire(implementation))
        .isInstanceOf(PluginException.class)
        .hasMessage("teacher: " + implementation.getName() + " ('mine' from test-classes) " + what);
  }

  private static void wire(Class<? extends TeacherUpdate> implementation) {
    WsssPlugin mine =
        registry -> registry.add(TeacherUpdate.class, "mine", Config.class, implementation);
    WiredRun.of(SmallRuns.with(List.of(mine), "teacher={type: mine}"));
  }
}
