package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.parity.PyTorchParity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The residual networks deeper than {@link ResNet18}, whose test has what all share. */
class ResNetTest {

  private static ResNetConfig config(BatchNormMode batchNorm, int outputStride) {
    Optional<Path> weights =
        batchNorm == BatchNormMode.TRAINED
            ? Optional.empty()
            : Optional.of(Path.of("never-read.safetensors"));
    return new ResNetConfig(weights, batchNorm, InputNormalisation.IMAGENET, outputStride, 0);
  }

  /** One block a stage: a third of ResNet-50's parameters, which take seconds to draw. */
  @Nested
  class OfBottlenecks extends BackboneContract {
    @Override
    protected Backbone create() {
      ResNetDepth shallow =
          new ResNetDepth("shallow", ResNetDepth.Kind.BOTTLENECK, List.of(1, 1, 1, 1));
      return new ResNet(shallow, config(BatchNormMode.TRAINED, 16), Kernels.TUNED) {};
    }
  }

  @Nested
  class ResNet34AsInPyTorch extends Parity {
    ResNet34AsInPyTorch() {
      super("resnet34", 8, ResNet34::new);
    }
  }

  @Nested
  class ResNet50AsInPyTorch extends Parity {
    ResNet50AsInPyTorch() {
      super("resnet50", 16, ResNet50::new);
    }
  }

  @Nested
  class ResNet101AsInPyTorch extends Parity {
    ResNet101AsInPyTorch() {
      super("resnet101", 16, ResNet101::new);
    }
  }

  private abstract static class Parity extends PyTorchParity {
    private final int outputStride;
    private final BiFunction<ResNetConfig, Kernels, Backbone> network;

    Parity(String name, int outputStride, BiFunction<ResNetConfig, Kernels, Backbone> network) {
      super(name + "-" + outputStride);
      this.outputStride = outputStride;
      this.network = network;
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return network.apply(config(BatchNormMode.FIXED_STATISTICS, outputStride), kernels);
    }
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        network("resnet18", ResNet18::new, 64, 128, 256, 512),
        network("resnet34", ResNet34::new, 64, 128, 256, 512),
        network("resnet50", ResNet50::new, 256, 512, 1024, 2048),
        network("resnet101", ResNet101::new, 256, 512, 1024, 2048));
  }

  private static Arguments network(
      String name, BiFunction<ResNetConfig, Kernels, Backbone> network, Integer... channels) {
    return Arguments.of(name, network, List.of(channels));
  }

  /** torchvision.models.NAME().state_dict() without fc.* and num_batches_tracked. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void parametersHaveTorchvisionsNamesInItsOrder(
      String name, BiFunction<ResNetConfig, Kernels, Backbone> network, List<Integer> channels)
      throws IOException {
    Backbone backbone = network.apply(config(BatchNormMode.TRAINED, 8), Kernels.TUNED);
    try (InputStream names = getClass().getResourceAsStream(name + "-names.txt")) {
      assertThat(ParameterNames.of(backbone.block()).keySet())
          .containsExactlyElementsOf(
              new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void theOutputAndItsLevelsAreTheStages(
      String name, BiFunction<ResNetConfig, Kernels, Backbone> network, List<Integer> channels) {
    for (int stride : new int[] {8, 16}) {
      Backbone backbone = network.apply(config(BatchNormMode.TRAINED, stride), Kernels.TUNED);

      assertThat(backbone.output()).isEqualTo(new FeatureSpec(channels.get(3), stride));
      assertThat(backbone.levels())
          .containsExactly(
              new FeatureSpec(channels.get(0), 4),
              new FeatureSpec(channels.get(1), 8),
              new FeatureSpec(channels.get(2), stride));
    }
  }
}
