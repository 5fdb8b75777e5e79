package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.AttentionSpec;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.api.testing.ExportedNetwork;
import dev.wsss.backbones.head.LinearHead;
import dev.wsss.backbones.head.LinearHeadConfig;
import dev.wsss.backbones.head.Pooling;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.parity.PyTorchParity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contracts look at a narrow network of three layers. */
class VisionTransformerTest {
  private static final TransformerSize NARROW = TransformerSize.deit("vit-small", 48, 3, 3);

  @TempDir Path folder;

  static VisionTransformer narrow(Optional<Path> weights, int frozen, Kernels kernels) {
    return new VisionTransformer(NARROW, config(weights, frozen), kernels) {};
  }

  private static VisionTransformer fromScratch() {
    return narrow(Optional.empty(), 0, Kernels.TUNED);
  }

  private static VisionTransformerConfig config(Optional<Path> weights, int frozen) {
    return new VisionTransformerConfig(weights, InputNormalisation.IMAGENET, frozen);
  }

  @Nested
  class FromScratch extends BackboneContract {
    @Override
    protected Backbone create() {
      return fromScratch();
    }
  }

  @Nested
  class PretrainedWithFrozenBlocks extends BackboneContract {
    @Override
    protected Backbone create() {
      return narrow(Optional.of(saved()), 2, Kernels.PLAIN);
    }
  }

  @Nested
  class AsInPyTorch extends PyTorchParity {
    AsInPyTorch() {
      super("vit-narrow-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return narrow(Optional.empty(), 0, kernels);
    }
  }

  /** Positions are enlarged, beside those of the contract, which are shrunk. */
  @Test
  void onnxRuntimeGivesTheSameForAPictureLargerThanThoseOfTheWeights() throws Exception {
    LinearHead head =
        new LinearHead(
            new LinearHeadConfig(Initialisation.HE_NORMAL, Pooling.GAP, 5, 0.2, 0.5),
            new ClassNames(List.of("cat", "dog")));
    try (NDManager manager = NDManager.newBaseManager();
        CamNetwork network = new CamNetwork(manager, fromScratch(), head, 7);
        ExportedNetwork exported = new ExportedNetwork(network)) {
      exported.assertSameAsTheNetwork(manager.randomUniform(-1, 1, new Shape(1, 3, 272, 333)));
      exported.assertSameAsTheNetwork(manager.randomUniform(-1, 1, new Shape(2, 3, 224, 224)));
      exported.assertSameAsTheNetwork(manager.randomUniform(-1, 1, new Shape(1, 3, 7, 400)));
    }
  }

  /** What {@code examples/parity/vit.py} prints: names of PyTorch's state_dict(), shapes. */
  @ParameterizedTest
  @CsvSource({"vit-small, 384, 6", "vit-base, 768, 12"})
  void parametersHaveTheNamesAndShapesOfDeit(String name, int channels, int heads)
      throws IOException {
    VisionTransformerConfig config = config(Optional.empty(), 0);
    Backbone network =
        name.equals("vit-small")
            ? new VisionTransformer.Small(config, Kernels.TUNED)
            : new VisionTransformer.Base(config, Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager();
        InputStream names = getClass().getResourceAsStream(name + "-names.txt")) {
      network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));

      assertThat(ParameterNames.of(network.block()).entrySet())
          .extracting(named -> named.getKey() + " " + shape(named.getValue()))
          .containsExactlyElementsOf(
              new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
      assertThat(network.output()).isEqualTo(new FeatureSpec(channels, 16));
      assertThat(network.attention()).contains(new AttentionSpec(12, heads, 1));
      assertThat(network.input()).isEqualTo(InputSpec.IMAGENET);
    }
  }

  private static String shape(Parameter parameter) {
    return Arrays.stream(parameter.getShape().getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  @Test
  void attentionOfEachLayerSharesOutOneAndTheOutputStays() {
    VisionTransformer network = fromScratch();
    try (NDManager manager = NDManager.newBaseManager()) {
      initialised(manager, network);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray images = manager.randomUniform(-1, 1, new Shape(2, 3, 64, 40));

      NDList all = network.forwardAttention(store, images);

      assertThat(all).hasSize(4);
      for (NDArray attention : all.subList(0, 3)) {
        assertThat(attention.getShape()).isEqualTo(new Shape(2, 3, 13, 13)); // 1 + 4·3 tokens
        assertThat(attention.min().getFloat()).isPositive();
        assertThat(attention.sum(new int[] {-1}).toFloatArray())
            .usingComparatorWithPrecision(1e-5f)
            .containsOnly(1);
      }
      assertThat(all.get(3).toFloatArray()).isEqualTo(features(network, store, images));
    }
  }

  @Test
  void aPictureContinuesWithZerosToWholePatches() {
    VisionTransformer network = fromScratch();
    try (NDManager manager = NDManager.newBaseManager()) {
      initialised(manager, network);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray whole = manager.zeros(new Shape(1, 3, 48, 32));
      NDArray picture = manager.randomUniform(-1, 1, new Shape(1, 3, 41, 29));
      whole.set(new NDIndex(":, :, :41, :29"), picture);

      assertThat(network.gridCells(41)).isEqualTo(3);
      assertThat(features(network, store, picture)).isEqualTo(features(network, store, whole));
    }
  }

  @Test
  void whereAPatchIsMattersToIt() {
    VisionTransformer network = fromScratch();
    try (NDManager manager = NDManager.newBaseManager()) {
      initialised(manager, network);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray same = manager.full(new Shape(1, 3, 32, 32), 0.5f);

      float[] values = features(network, store, same);

      assertThat(values[0]).isNotEqualTo(values[3]); // the first channel of the two corners
    }
  }

  private static float[] features(Backbone network, ParameterStore store, NDArray images) {
    return network
        .block()
        .forward(store, new NDList(images), false)
        .singletonOrThrow()
        .toFloatArray();
  }

  @Test
  void frozenBlocksAreTheFirstOnesWithTheEmbedding() {
    ParameterNames.of(narrow(Optional.of(Path.of("never-read")), 2, Kernels.TUNED).block())
        .forEach(
            (name, parameter) ->
                assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(name.startsWith("blocks.2.") || name.startsWith("norm.")));
  }

  @Test
  void classTokenAndPositionsDoNotDecay() {
    Map<String, Parameter> parameters = ParameterNames.of(fromScratch().block());

    assertThat(parameters.get("cls_token").getType()).isEqualTo(Parameter.Type.OTHER);
    assertThat(parameters.get("pos_embed").getType()).isEqualTo(Parameter.Type.OTHER);
  }

  @Test
  void theClassifierIsLeftOut() throws IOException {
    Path file = folder.resolve("with-head.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList tensors = tensors(manager);
      for (String name : new String[] {"head.weight", "head.bias", "pre_logits.fc.weight"}) {
        NDArray more = manager.ones(new Shape(5));
        more.setName(name);
        tensors.add(more);
      }
      Files.write(file, tensors.encode(NDList.Encoding.SAFETENSORS));
      VisionTransformer network = narrow(Optional.of(file), 0, Kernels.TUNED);
      Map<String, Parameter> parameters = initialised(manager, network);

      network.pretrain(parameters);

      assertThat(parameters.get("pos_embed").getArray().toFloatArray())
          .isEqualTo(tensors.get("pos_embed").toFloatArray());
    }
  }

  /** As of pictures of 384 pixels. */
  @Test
  void positionsOfAnotherGridAreToldAndNoOtherNetworkIsBlamed() throws IOException {
    Path file = folder.resolve("large-grid.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList tensors = tensors(manager);
      NDArray larger = manager.ones(new Shape(1, 577, 48));
      larger.setName("pos_embed");
      tensors.set(1, larger);
      Files.write(file, tensors.encode(NDList.Encoding.SAFETENSORS));
      VisionTransformer network = narrow(Optional.of(file), 0, Kernels.TUNED);
      Map<String, Parameter> parameters = initialised(manager, network);

      assertThatThrownBy(() -> network.pretrain(parameters))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              """
              weights %s do not fit vit-small: 1 misshapen, 0 missing, 0 unexpected
                misshapen: pos_embed is 1×577×48, the network has 1×197×48"""
                  .formatted(file));
    }
  }

  @Test
  void frozenBlocksNeedWeights() {
    assertThatThrownBy(() -> config(Optional.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "frozen-stages is 1, which keeps pretrained weights, but there is no weights; name a"
                + " file in weights beside it ('wsss weights list' shows what"
                + " 'wsss weights fetch' brings), or let frozen-stages be 0");
  }

  /** The narrow network from scratch, as a file of weights. */
  private Path saved() {
    Path file = folder.resolve("narrow.safetensors");
    if (!Files.exists(file)) {
      try (NDManager manager = NDManager.newBaseManager()) {
        Files.write(file, tensors(manager).encode(NDList.Encoding.SAFETENSORS));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return file;
  }

  private static NDList tensors(NDManager manager) {
    NDList tensors = new NDList();
    initialised(manager, fromScratch())
        .forEach(
            (name, parameter) -> {
              NDArray copy = parameter.getArray().duplicate();
              copy.setName(name);
              tensors.add(copy);
            });
    return tensors;
  }

  private static Map<String, Parameter> initialised(NDManager manager, Backbone network) {
    NetworkParameters all = new NetworkParameters(manager, network, new Relu());
    all.initialise(7, new Shape(1, network.output().channels(), 4, 4));
    return ParameterNames.of(network.block());
  }
}
