package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.parity.PyTorchParity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResNet18Test {

  static ResNet18 fromScratch(int outputStride) {
    return new ResNet18(
        new ResNetConfig(
            Optional.empty(), BatchNormMode.TRAINED, InputNormalisation.IMAGENET, outputStride, 0),
        Kernels.TUNED);
  }

  /** One block a stage, for speed; names and values of the whole are compared below. */
  @Nested
  class AtStrideEight extends BackboneContract {
    @Override
    protected Backbone create() {
      ResNetDepth shallow = new ResNetDepth("shallow", ResNetDepth.Kind.BASIC, List.of(1, 1, 1, 1));
      ResNetConfig config =
          new ResNetConfig(
              Optional.empty(), BatchNormMode.TRAINED, InputNormalisation.IMAGENET, 8, 0);
      return new ResNet(shallow, config, Kernels.TUNED) {};
    }
  }

  @Nested
  class AsInPyTorchAtStrideEight extends PyTorchParity {
    AsInPyTorchAtStrideEight() {
      super("resnet18-8");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return fixedStatistics(8, kernels);
    }
  }

  @Nested
  class AsInPyTorchAtStrideSixteen extends PyTorchParity {
    AsInPyTorchAtStrideSixteen() {
      super("resnet18-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return fixedStatistics(16, kernels);
    }
  }

  private static ResNet18 fixedStatistics(int outputStride, Kernels kernels) {
    return new ResNet18(
        new ResNetConfig(
            Optional.of(Path.of("never-read.safetensors")),
            BatchNormMode.FIXED_STATISTICS,
            InputNormalisation.IMAGENET,
            outputStride,
            0),
        kernels);
  }

  /** torchvision.models.resnet18().state_dict() without fc.* and num_batches_tracked. */
  @Test
  void parametersHaveTorchvisionsNamesInItsOrder() throws IOException {
    try (InputStream names = getClass().getResourceAsStream("resnet18-names.txt")) {
      assertThat(ParameterNames.of(fromScratch(8).block()).keySet())
          .containsExactlyElementsOf(
              new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void frozenStagesAreTheFirstOnesWithTheStem() {
    ResNet18 network =
        new ResNet18(
            new ResNetConfig(
                Optional.of(Path.of("never-read.safetensors")),
                BatchNormMode.FIXED_STATISTICS,
                InputNormalisation.IMAGENET,
                8,
                2),
            Kernels.TUNED);

    assertThat(network.input()).isEqualTo(InputSpec.IMAGENET);
    ParameterNames.of(network.block())
        .forEach(
            (name, parameter) ->
                assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(name.matches("layer[34].*(weight|bias)")));
  }

  @Test
  void weightsOfMobilenetAreRecognisedAsSuch() {
    Path file = SharedFiles.require("weights/mobilenet_v2-imagenet.safetensors");
    ResNet18 network =
        new ResNet18(
            new ResNetConfig(
                Optional.of(file), BatchNormMode.FROZEN, InputNormalisation.IMAGENET, 8, 0),
            Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager()) {
      network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));

      assertThatThrownBy(() -> network.pretrain(ParameterNames.of(network.block())))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              """
              weights %s do not fit resnet18: 0 misshapen, 100 missing, 262 unexpected; these look\
               like weights of mobilenet-v2
                missing: conv1.weight 64×3×7×7
                missing: bn1.weight 64
                missing: bn1.bias 64
                missing: bn1.running_mean 64
                missing: bn1.running_var 64
                missing: layer1.0.conv1.weight 64×64×3×3
                missing: layer1.0.bn1.weight 64
                missing: layer1.0.bn1.bias 64
                missing: layer1.0.bn1.running_mean 64
                missing: layer1.0.bn1.running_var 64
                missing: layer1.0.conv2.weight 64×64×3×3
                missing: layer1.0.bn2.weight 64
                missing: layer1.0.bn2.bias 64
                missing: layer1.0.bn2.running_mean 64
                missing: layer1.0.bn2.running_var 64
                missing: layer1.1.conv1.weight 64×64×3×3
                missing: layer1.1.bn1.weight 64
                missing: layer1.1.bn1.bias 64
                missing: layer1.1.bn1.running_mean 64
                missing: layer1.1.bn1.running_var 64
                … and 80 more missing
                unexpected: classifier.1.bias 1001
                unexpected: classifier.1.weight 1001×1280
                unexpected: features.0.0.weight 32×3×3×3
                unexpected: features.0.1.bias 32
                unexpected: features.0.1.running_mean 32
                unexpected: features.0.1.running_var 32
                unexpected: features.0.1.weight 32
                unexpected: features.1.conv.0.0.weight 32×1×3×3
                unexpected: features.1.conv.0.1.bias 32
                unexpected: features.1.conv.0.1.running_mean 32
                unexpected: features.1.conv.0.1.running_var 32
                unexpected: features.1.conv.0.1.weight 32
                unexpected: features.1.conv.1.weight 16×32×1×1
                unexpected: features.1.conv.2.bias 16
                unexpected: features.1.conv.2.running_mean 16
                unexpected: features.1.conv.2.running_var 16
                unexpected: features.1.conv.2.weight 16
                unexpected: features.10.conv.0.0.weight 384×64×1×1
                unexpected: features.10.conv.0.1.bias 384
                unexpected: features.10.conv.0.1.running_mean 384
                … and 242 more unexpected"""
                  .formatted(file));
    }
  }

  @Test
  void onlyTwoOutputStridesAreAllowed() {
    assertThatThrownBy(() -> fromScratch(12)).hasMessage("output-stride is 12; allowed: 8, 16");
  }

  @Test
  void frozenBatchNormNeedsWeights() {
    assertThatThrownBy(
            () ->
                new ResNetConfig(
                    Optional.empty(), BatchNormMode.FROZEN, InputNormalisation.IMAGENET, 8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch-norm is frozen, which keeps the statistics of pretrained weights, but there is"
                + " no weights; name a file in weights beside it ('wsss weights list'"
                + " shows what 'wsss weights fetch' brings), or let batch-norm be trained");
  }

  @Test
  void frozenStagesNeedWeights() {
    assertThatThrownBy(
            () ->
                new ResNetConfig(
                    Optional.empty(), BatchNormMode.TRAINED, InputNormalisation.IMAGENET, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "frozen-stages is 1, which keeps pretrained weights, but there is no weights; name a"
                + " file in weights beside it ('wsss weights list' shows what"
                + " 'wsss weights fetch' brings), or let frozen-stages be 0");
  }
}
