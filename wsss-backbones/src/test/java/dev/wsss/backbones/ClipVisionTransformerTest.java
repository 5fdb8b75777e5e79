package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.AttentionSpec;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.parity.PyTorchParity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts look at a narrow network of three layers. */
class ClipVisionTransformerTest {
  private static final TransformerSize NARROW = TransformerSize.clip("clip-vit-b16", 48, 3, 3, 40);

  @TempDir Path folder;

  private static VisionTransformer narrow(
      Optional<Path> weights, int frozen, boolean lastAttention, Kernels kernels) {
    ClipVisionTransformerConfig config =
        new ClipVisionTransformerConfig(weights, frozen, lastAttention);
    return new VisionTransformer(NARROW, config, kernels) {};
  }

  @Nested
  class WithLastAttention extends BackboneContract {
    @Override
    protected Backbone create() {
      return narrow(Optional.empty(), 0, true, Kernels.TUNED);
    }
  }

  @Nested
  class WithOwnValues extends BackboneContract {
    @Override
    protected Backbone create() {
      return narrow(Optional.empty(), 0, false, Kernels.PLAIN);
    }
  }

  @Nested
  class AsInPyTorch extends PyTorchParity {
    AsInPyTorch() {
      super("clip-narrow-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return narrow(Optional.empty(), 0, true, kernels);
    }
  }

  @Nested
  class OwnValuesAsInPyTorch extends PyTorchParity {
    OwnValuesAsInPyTorch() {
      super("clip-narrow-values-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return narrow(Optional.empty(), 0, false, kernels);
    }
  }

  /**
   * What {@code examples/parity/vit.py} prints, in which {@code norm_pre} comes after the blocks.
   */
  @Test
  void parametersHaveTheNamesAndShapesOfTimm() throws IOException {
    Backbone network =
        new VisionTransformer.Clip(
            new ClipVisionTransformerConfig(Optional.empty(), 0, false), Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager();
        InputStream names = getClass().getResourceAsStream("clip-vit-b16-names.txt")) {
      network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));

      assertThat(ParameterNames.of(network.block()).entrySet())
          .extracting(named -> named.getKey() + " " + shape(named.getValue()))
          .containsExactlyInAnyOrderElementsOf(
              new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
      assertThat(network.output()).isEqualTo(new FeatureSpec(512, 16));
      assertThat(network.attention()).contains(new AttentionSpec(11, 12, 1));
    }
  }

  private static String shape(Parameter parameter) {
    return Arrays.stream(parameter.getShape().getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  @Test
  void attentionIsOfTheBlocksThatAttend() {
    VisionTransformer network = narrow(Optional.empty(), 0, false, Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager()) {
      initialised(manager, network);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray images = manager.randomUniform(-1, 1, new Shape(1, 3, 32, 48));

      NDList all = network.forwardAttention(store, images);

      assertThat(network.attention()).contains(new AttentionSpec(2, 3, 1));
      assertThat(all).hasSize(3);
      assertThat(all.get(2).toFloatArray())
          .isEqualTo(
              network
                  .block()
                  .forward(store, new NDList(images), false)
                  .singletonOrThrow()
                  .toFloatArray());
    }
  }

  @Test
  void theWholeEncoderIsFrozenWithItsProjection() {
    Path file = Path.of("never-read");
    assertThat(learning(narrow(Optional.of(file), 3, false, Kernels.TUNED))).isEmpty();
    assertThat(learning(narrow(Optional.of(file), 2, false, Kernels.TUNED)))
        .containsKeys("norm.weight", "head.weight", "blocks.2.norm1.weight")
        .doesNotContainKeys("norm_pre.weight", "blocks.1.norm1.weight", "cls_token");
  }

  private static Map<String, Parameter> learning(Backbone network) {
    Map<String, Parameter> parameters = new java.util.TreeMap<>(ParameterNames.of(network.block()));
    parameters.values().removeIf(parameter -> !parameter.requiresGradient());
    return parameters;
  }

  /** timm writes a bias of zeros beside the projection. */
  @Test
  void weightsWithTimmsNamesAreRead() throws IOException {
    Path file = folder.resolve("clip.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList tensors = new NDList();
      initialised(manager, narrow(Optional.empty(), 0, false, Kernels.TUNED))
          .forEach(
              (name, parameter) -> {
                NDArray copy = parameter.getArray().add(1);
                copy.setName(name);
                tensors.add(copy);
              });
      NDArray bias = manager.zeros(new Shape(40));
      bias.setName("head.bias");
      tensors.add(bias);
      Files.write(file, tensors.encode(NDList.Encoding.SAFETENSORS));
      VisionTransformer network = narrow(Optional.of(file), 3, false, Kernels.TUNED);
      Map<String, Parameter> parameters = initialised(manager, network);

      network.pretrain(parameters);

      assertThat(parameters.get("head.weight").getArray().toFloatArray())
          .isEqualTo(tensors.get("head.weight").toFloatArray());
    }
  }

  @Test
  void theEncoderThatIsFrozenByDefaultNeedsWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipVisionTransformerConfig(Optional.empty(), 12, false))
        .withMessage(
            "frozen-stages is 12, which keeps pretrained weights, but there is no weights; name a"
                + " file in weights beside it ('wsss weights list' shows what"
                + " 'wsss weights fetch' brings), or let frozen-stages be 0");
  }

  private static Map<String, Parameter> initialised(NDManager manager, Backbone network) {
    NetworkParameters all = new NetworkParameters(manager, network, new Relu());
    all.initialise(7, new Shape(1, network.output().channels(), 4, 4));
    return ParameterNames.of(network.block());
  }
}
