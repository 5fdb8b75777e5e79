package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.parity.PyTorchParity;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobileNetV2Test {

  static MobileNetV2 fromScratch() {
    return new MobileNetV2(
        new MobileNetV2Config(
            Optional.empty(), BatchNormMode.TRAINED, InputNormalisation.CENTRED, 16, 0),
        Kernels.TUNED);
  }

  static MobileNetV2 pretrained(int frozenStages) {
    return pretrained(16, frozenStages);
  }

  private static MobileNetV2 pretrained(int outputStride, int frozenStages) {
    return new MobileNetV2(
        new MobileNetV2Config(
            Optional.of(weights()),
            BatchNormMode.FROZEN,
            InputNormalisation.CENTRED,
            outputStride,
            frozenStages),
        Kernels.TUNED);
  }

  private static Path weights() {
    return SharedFiles.require("weights/mobilenet_v2-imagenet.safetensors");
  }

  @Nested
  class FromScratch extends BackboneContract {
    @Override
    protected Backbone create() {
      return fromScratch();
    }
  }

  @Nested
  class Pretrained extends BackboneContract {
    @Override
    protected Backbone create() {
      return pretrained(0);
    }
  }

  @Nested
  class PretrainedAtOutputStrideEightWithAFrozenStage extends BackboneContract {
    @Override
    protected Backbone create() {
      return pretrained(8, 1);
    }
  }

  @Nested
  class AsInPyTorch extends PyTorchParity {
    AsInPyTorch() {
      super("mobilenet-v2-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return fixedStatistics(kernels);
    }
  }

  private static MobileNetV2 fixedStatistics(Kernels kernels) {
    return new MobileNetV2(
        new MobileNetV2Config(
            Optional.of(Path.of("never-read.safetensors")),
            BatchNormMode.FIXED_STATISTICS,
            InputNormalisation.CENTRED,
            16,
            0),
        kernels);
  }

  @Test
  void parametersHaveTorchvisionsNames() throws IOException {
    Set<String> inFile = new TreeSet<>();
    try (NDManager manager = NDManager.newBaseManager();
        InputStream in = Files.newInputStream(weights())) {
      NDList.decode(manager, in).forEach(tensor -> inFile.add(tensor.getName()));
    }
    inFile.removeIf(name -> name.startsWith("classifier."));

    assertThat(ParameterNames.of(fromScratch().block()).keySet())
        .containsExactlyInAnyOrderElementsOf(inFile);
  }

  @Test
  void frozenStagesAreTheFirstOnesWithTheStem() {
    ParameterNames.of(pretrained(2).block())
        .forEach(
            (name, parameter) ->
                assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(
                        parameter.getType() == Parameter.Type.WEIGHT
                            && !name.matches("features\\.[0123]\\..*")));
  }

  /** Dilation leaves out what lies between; so the coarse grid is every second cell. */
  @Test
  void theFinerGridHoldsTheCoarserOne() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.randomUniform(-1, 1, new Shape(1, 3, 96, 128), DataType.FLOAT32);

      NDArray coarse = features(manager, pretrained(16, 0), images);
      NDArray fine = features(manager, pretrained(8, 0), images);

      assertThat(fine.getShape()).isEqualTo(new Shape(1, 1280, 12, 16));
      assertThat(fine.get(":, :, ::2, ::2").sub(coarse).abs().max().getFloat()).isLessThan(1e-4f);
    }
  }

  @Test
  void onlyTwoOutputStridesAreAllowed() {
    assertThatThrownBy(() -> pretrained(32, 0)).hasMessage("output-stride is 32; allowed: 8, 16");
  }

  private static NDArray features(NDManager manager, MobileNetV2 network, NDArray images) {
    network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
    network.pretrain(ParameterNames.of(network.block()));
    return network
        .block()
        .forward(new ParameterStore(manager, false), new NDList(images), false)
        .singletonOrThrow();
  }

  /** ImageNet's classifier, from the same file, on the mean of our features. */
  @ParameterizedTest
  @CsvSource({
    "2008_000716, 404", // airliner
    "2008_001546, 404",
    "2008_000019, 166", // Walker hound
    "2008_003083, 547", // electric locomotive
  })
  void photographsAreRecognisedByTheClassifierThatCameWithTheWeights(String id, int imageNetClass)
      throws IOException {
    Path jpeg = SharedFiles.require("data/voc12-subset/JPEGImages/" + id + ".jpg");
    try (NDManager manager = NDManager.newBaseManager();
        InputStream in = Files.newInputStream(weights())) {
      MobileNetV2 network = pretrained(0);
      NDList file = NDList.decode(manager, in);

      NDArray features =
          features(manager, network, pixels(manager, ImageIO.read(jpeg.toFile()), network.input()));
      NDArray logits =
          features
              .mean(new int[] {3})
              .mean(new int[] {2})
              .matMul(file.get("classifier.1.weight").transpose())
              .add(file.get("classifier.1.bias"));

      // The file's class 0 is background.
      assertThat(logits.argMax().getLong() - 1).isEqualTo(imageNetClass);
    }
  }

  private static NDArray pixels(NDManager manager, BufferedImage image, InputSpec spec) {
    int area = image.getWidth() * image.getHeight();
    float[] planes = new float[3 * area];
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < area; p++) {
        int value = rgb[p] >> (16 - 8 * c) & 0xff;
        planes[c * area + p] = (value - spec.mean().get(c)) / spec.deviation().get(c);
      }
    }
    return manager.create(planes, new Shape(1, 3, image.getHeight(), image.getWidth()));
  }
}
