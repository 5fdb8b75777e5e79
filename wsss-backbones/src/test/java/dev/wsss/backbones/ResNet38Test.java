package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.parity.PyTorchParity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts look at a network of a sixteenth of the widths, which is 256 times smaller. */
class ResNet38Test {
  private static final int NARROW = 4;
  private static final List<Double> NO_DROPOUT = List.of(0.0, 0.0);
  private static final List<Double> DROPOUT = List.of(0.3, 0.5);

  @TempDir Path folder;

  private static ResNet38Config config(
      Optional<Path> weights, BatchNormMode mode, int frozenStages, List<Double> dropout) {
    return new ResNet38Config(weights, mode, InputNormalisation.IMAGENET, frozenStages, dropout);
  }

  private static ResNet38 fromScratch(List<Double> dropout) {
    return new ResNet38(
        config(Optional.empty(), BatchNormMode.TRAINED, 0, dropout), Kernels.TUNED, NARROW);
  }

  private static ResNet38 pretrained(
      Path weights, BatchNormMode mode, int frozenStages, List<Double> dropout) {
    return new ResNet38(
        config(Optional.of(weights), mode, frozenStages, dropout), Kernels.TUNED, NARROW);
  }

  @Nested
  class FromScratchWithDropout extends BackboneContract {
    @Override
    protected Backbone create() {
      return fromScratch(DROPOUT);
    }
  }

  @Nested
  class Pretrained extends BackboneContract {
    @Override
    protected Backbone create() {
      return pretrained(saved(), BatchNormMode.FROZEN, 0, NO_DROPOUT);
    }
  }

  @Nested
  class PretrainedWithAFrozenStageAndDropout extends BackboneContract {
    @Override
    protected Backbone create() {
      return pretrained(saved(), BatchNormMode.FIXED_STATISTICS, 1, DROPOUT);
    }
  }

  /** At a quarter of the widths, where convolutions of 128 channels and more are Winograd's too. */
  @Nested
  class AsInPyTorch extends PyTorchParity {
    AsInPyTorch() {
      super("resnet38-8");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      Optional<Path> weights = Optional.of(Path.of("never-read.safetensors"));
      return new ResNet38(
          config(weights, BatchNormMode.FIXED_STATISTICS, 0, NO_DROPOUT), kernels, 16);
    }
  }

  /** What {@code examples/parity/resnet38.py} prints: names of PyTorch's state_dict(), shapes. */
  @Test
  void parametersHaveTheNamesAndShapesOfTheCommonDefinition() throws IOException {
    ResNet38 network =
        new ResNet38(config(Optional.empty(), BatchNormMode.TRAINED, 0, NO_DROPOUT), Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager();
        InputStream names = getClass().getResourceAsStream("resnet38-names.txt")) {
      network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));

      assertThat(ParameterNames.of(network.block()).entrySet())
          .extracting(named -> named.getKey() + " " + shape(named.getValue()))
          .containsExactlyElementsOf(
              new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static String shape(Parameter parameter) {
    return Arrays.stream(parameter.getShape().getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  @Test
  void levelsAreTheInputsOfTheStages() {
    ResNet38 network =
        new ResNet38(config(Optional.empty(), BatchNormMode.TRAINED, 0, NO_DROPOUT), Kernels.TUNED);

    assertThat(network.input()).isEqualTo(InputSpec.IMAGENET);
    assertThat(network.output()).isEqualTo(new FeatureSpec(4096, 8));
    assertThat(network.levels())
        .containsExactly(
            new FeatureSpec(128, 2),
            new FeatureSpec(256, 4),
            new FeatureSpec(512, 8),
            new FeatureSpec(1024, 8));
  }

  @Test
  void frozenStagesAreTheFirstOnesWithTheStem() {
    ResNet38 network =
        pretrained(Path.of("never-read"), BatchNormMode.FIXED_STATISTICS, 1, NO_DROPOUT);

    ParameterNames.of(network.block())
        .forEach(
            (name, parameter) ->
                assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(name.matches("(b[3-7]|bn7).*(weight|bias)")));
  }

  /** The authors' own file, whose names are MXNet's. */
  @Test
  void weightsMayHaveTheNamesOfTheAuthorsFile() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> expected = values(manager);
      Map<String, float[]> named = new LinkedHashMap<>();
      named.put("arg:linear1000_weight", new float[4]);
      expected.forEach((name, values) -> named.put(nameInMxnet(name), values));
      Path file = writeMxnet(manager, named);
      ResNet38 network = pretrained(file, BatchNormMode.FROZEN, 0, NO_DROPOUT);
      Map<String, Parameter> parameters = initialised(manager, network);

      network.pretrain(parameters);

      parameters.forEach(
          (name, parameter) ->
              assertThat(parameter.getArray().toFloatArray())
                  .as(name)
                  .isEqualTo(expected.get(name)));
      assertThat(named)
          .containsKeys(
              "arg:conv1a_weight",
              "arg:bn2a_branch2a_gamma",
              "aux:bn4b5_branch2b1_moving_var",
              "arg:res4b5_branch2b1_weight",
              "arg:res7a_branch2b2_weight",
              "arg:res6a_branch1_weight",
              "arg:bn7_beta");
    }
  }

  private static String nameInMxnet(String name) {
    String[] parts = name.split("\\.");
    String value =
        switch (parts[parts.length - 1]) {
          case "bias" -> "beta";
          case "running_mean" -> "moving_mean";
          case "running_var" -> "moving_var";
          default -> name.contains("bn") ? "gamma" : "weight";
        };
    String kind = value.startsWith("moving") ? "aux:" : "arg:";
    if (parts.length == 2) {
      return kind + parts[0] + "_" + value; // conv1a and bn7
    }
    String block = parts[0].substring(1).replace("_", "b");
    String layer = parts[1].replace("conv_", "_").replace("bn_", "_");
    return kind
        + (parts[1].startsWith("bn") ? "bn" : "res")
        + (block.length() == 1 ? block + "a" : block)
        + layer
        + "_"
        + value;
  }

  @Test
  void dropoutDrawsFromTheEnginesGeneratorInTrainingOnly() {
    ResNet38 network = pretrained(saved(), BatchNormMode.FROZEN, 0, DROPOUT);
    try (NDManager manager = NDManager.newBaseManager()) {
      network.pretrain(initialised(manager, network));
      ParameterStore store = new ParameterStore(manager, false);
      NDArray images = manager.randomUniform(-1, 1, new Shape(1, 3, 32, 32));

      Engine.getInstance().setRandomSeed(3);
      float[] learned = features(network, store, images, true);
      float[] evaluated = features(network, store, images, false);

      assertThat(features(network, store, images, false)).isEqualTo(evaluated);
      assertThat(features(network, store, images, true)).isNotEqualTo(learned);
      Engine.getInstance().setRandomSeed(3);
      assertThat(features(network, store, images, true)).isEqualTo(learned);
    }
  }

  private static float[] features(
      ResNet38 network, ParameterStore store, NDArray images, boolean training) {
    return network
        .block()
        .forward(store, new NDList(images), training)
        .singletonOrThrow()
        .toFloatArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3", "0.3, 1.0", "-0.1, 0.5", "0.1, 0.2, 0.3"})
  void onlyTwoProbabilitiesAreAllowed(String rates) {
    List<Double> dropout = Stream.of(rates.split(", ")).map(Double::valueOf).toList();

    assertThatThrownBy(() -> config(Optional.empty(), BatchNormMode.TRAINED, 0, dropout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dropout is ["
                + rates
                + "]; allowed: two probabilities from 0 to below 1, of the block to 2048 and of that"
                + " to 4096 channels");
  }

  @Test
  void frozenBatchNormNeedsWeights() {
    assertThatThrownBy(() -> config(Optional.empty(), BatchNormMode.FROZEN, 0, DROPOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch-norm is frozen, which keeps the statistics of pretrained weights, but there is"
                + " no weights; name a file in weights beside it ('wsss weights list'"
                + " shows what 'wsss weights fetch' brings), or let batch-norm be trained");
  }

  /** The narrow network from scratch, as a file of weights. */
  private Path saved() {
    Path file = folder.resolve("narrow.safetensors");
    if (!Files.exists(file)) {
      try (NDManager manager = NDManager.newBaseManager()) {
        NDList tensors = new NDList();
        initialised(manager, fromScratch(NO_DROPOUT))
            .forEach(
                (name, parameter) -> {
                  NDArray copy = parameter.getArray().duplicate();
                  copy.setName(name);
                  tensors.add(copy);
                });
        Files.write(file, tensors.encode(NDList.Encoding.SAFETENSORS));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return file;
  }

  private static Map<String, Parameter> initialised(NDManager manager, ResNet38 network) {
    Block noHead = new Relu();
    NetworkParameters all = new NetworkParameters(manager, network, noHead);
    all.initialise(7, new Shape(1, network.output().channels(), 4, 4));
    return ParameterNames.of(network.block());
  }

  /** Values of the narrow network, each parameter's its own, as the file has them. */
  private static Map<String, float[]> values(NDManager manager) {
    Map<String, float[]> values = new LinkedHashMap<>();
    initialised(manager, fromScratch(NO_DROPOUT))
        .forEach(
            (name, parameter) -> {
              float[] own = new float[(int) parameter.getShape().size()];
              for (int i = 0; i < own.length; i++) {
                own[i] = values.size() + (float) i / own.length;
              }
              values.put(name, own);
            });
    return values;
  }

  /** In the oldest of MXNet's formats; shapes are those of the narrow network. */
  private Path writeMxnet(NDManager manager, Map<String, float[]> named) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    initialised(manager, fromScratch(NO_DROPOUT))
        .forEach((name, parameter) -> shapes.put(nameInMxnet(name), parameter.getShape()));
    ByteBuffer bytes = ByteBuffer.allocate(1 << 24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0x112).putLong(0).putLong(named.size());
    named.forEach(
        (name, values) -> {
          long[] shape = shapes.getOrDefault(name, new Shape(values.length)).getShape();
          bytes.putInt(shape.length);
          Arrays.stream(shape).forEach(size -> bytes.putInt((int) size));
          bytes.putInt(1).putInt(0).putInt(0); // device and type
          for (float value : values) {
            bytes.putFloat(value);
          }
        });
    bytes.putLong(named.size());
    for (String name : named.keySet()) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      bytes.putLong(text.length).put(text);
    }
    return Files.write(
        folder.resolve("authors.params"), Arrays.copyOf(bytes.array(), bytes.position()));
  }
}
