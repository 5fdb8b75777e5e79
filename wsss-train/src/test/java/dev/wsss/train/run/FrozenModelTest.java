package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import dev.wsss.api.config.NoConfig;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.eval.cam.PixelPlanes;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network as it stands, for inference: ONNX Runtime's, or the engine's where that cannot be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenModelTest {
  @TempDir private static Path temp;

  private Path run;
  private RgbImage picture;

  @BeforeAll
  void train() throws Exception {
    run = temp.resolve("run");
    ResolvedRun config = SmallRuns.resolved("self-supervision=null", "training.epochs=1");
    try (Run opened = Run.open(config, run, Resume.FRESH)) {
      opened.learn(RunListener.SILENT);
      picture = opened.data().image(opened.data().examples("val").get(0));
    }
  }

  @Test
  void aFrozenModelIsTheNetworkInOnnxRuntime() {
    RgbImage small = new BilinearResize(picture.width(), picture.height(), 29, 23).apply(picture);
    try (Run trained = Run.trained(run);
        CamModel frozen = trained.frozenModel()) {
      assertThat(frozen).isInstanceOf(OnnxSession.class);
      for (RgbImage size : List.of(picture, small)) {
        PixelBatch pixels = new PixelPlanes().of(List.of(size), true, size.height(), size.width());
        RawMaps expected = trained.model().run(pixels, false);
        RawMaps found = frozen.run(pixels, false);

        assertThat(found.maps()).containsExactly(expected.maps(), within(1e-4f));
        assertThat(found.logits()).containsExactly(expected.logits(), within(1e-4f));
      }
    }
  }

  @Test
  void aFrozenModelStaysAsItWas() {
    try (Run opened = Run.open(SmallRuns.resolved(), temp.resolve("later"), Resume.FRESH);
        CamModel before = opened.frozenModel()) {
      PixelBatch pixels = new PixelPlanes().of(List.of(picture), false, 32, 32);
      float[] asItWas = before.run(pixels, false).maps();
      opened.learn(RunListener.SILENT);

      assertThat(before.run(pixels, false).maps()).isEqualTo(asItWas);
      assertThat(opened.model().run(pixels, false).maps()).isNotEqualTo(asItWas);
    }
  }

  @Test
  void pixelCorrelationSpreadsTheMapsOfEither() {
    String method = "scoring.map-method=pixel-correlation";
    try (Run trained = Run.trained(run, method);
        Run plain = Run.trained(run);
        CamModel frozen = trained.frozenModel()) {
      PixelBatch pixels = new PixelPlanes().of(List.of(picture), true, 32, 32);
      RawMaps expected = trained.model().run(pixels, true);
      RawMaps found = frozen.run(pixels, true);

      assertThat(found.maps()).containsExactly(expected.maps(), within(1e-4f));
      assertThat(found.features()).isPresent();
      assertThat(found.maps()).isNotEqualTo(plain.model().run(pixels, false).maps());
    }
  }

  @Test
  void aFrozenModelIsTheEnginesWhereOnnxRuntimeCannotHaveIt() {
    for (String override : List.of("engine.kernels=plain", "scoring.map-method=grad-cam")) {
      try (Run trained = Run.trained(run, override);
          CamModel frozen = trained.frozenModel()) {
        assertThat(frozen).as(override).isNotInstanceOf(OnnxSession.class);
      }
    }
  }

  /** A backbone whose nodes are not what it computes. */
  static class Doubled implements Backbone {
    @Inject
    Doubled() {}

    @Override
    public Block block() {
      return new LambdaBlock(x -> new NDList(x.singletonOrThrow().mul(2).abs()));
    }

    @Override
    public FeatureSpec output() {
      return new FeatureSpec(3, 1);
    }

    @Override
    public InputSpec input() {
      return InputSpec.CENTRED;
    }

    @Override
    public OnnxValue export(OnnxGraph graph, OnnxValue images) {
      return graph.node("Abs", List.of(images));
    }
  }

  /** One that writes no nodes. */
  static final class Unwritten extends Doubled {
    @Inject
    Unwritten() {}

    @Override
    public OnnxValue export(OnnxGraph graph, OnnxValue images) {
      return graph.export(block(), images);
    }
  }

  /** One whose export has a fault. */
  static final class Faulty extends Doubled {
    @Inject
    Faulty() {}

    @Override
    public OnnxValue export(OnnxGraph graph, OnnxValue images) {
      throw new IllegalStateException("a fault");
    }
  }

  @Test
  void aBackboneWhoseNodesAreWrongOrMissingGivesMapsByTheEngine() {
    WsssPlugin mine =
        registry -> {
          registry.add(Backbone.class, "faulty", NoConfig.class, Faulty.class);
          registry.add(Backbone.class, "doubled", NoConfig.class, Doubled.class);
          registry.add(Backbone.class, "unwritten", NoConfig.class, Unwritten.class);
        };
    for (String name : List.of("doubled", "unwritten", "faulty")) {
      ResolvedRun resolved =
          SmallRuns.resolved(List.of(mine), "network.backbone={type: " + name + "}");
      try (Run opened = Run.open(resolved, temp.resolve(name), Resume.FRESH);
          CamModel frozen = opened.frozenModel()) {
        assertThat(frozen).as(name).isNotInstanceOf(OnnxSession.class);
      }
    }
  }
}
