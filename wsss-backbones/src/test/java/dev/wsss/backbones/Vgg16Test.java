package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.backbones.parity.PyTorchParity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Vgg16Test {

  private static Vgg16 fromScratch(int outputStride, Kernels kernels) {
    return new Vgg16(
        new Vgg16Config(Optional.empty(), InputNormalisation.IMAGENET, outputStride, 0), kernels);
  }

  /** At a quarter of the channels, a sixteenth of the parameters, which take seconds to draw. */
  @Nested
  class AtStrideEight extends BackboneContract {
    @Override
    protected Backbone create() {
      return new Vgg16(
          new Vgg16Config(Optional.empty(), InputNormalisation.IMAGENET, 8, 0), Kernels.TUNED, 4);
    }
  }

  @Nested
  class AsInPyTorchAtStrideEight extends PyTorchParity {
    AsInPyTorchAtStrideEight() {
      super("vgg16-8");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return fromScratch(8, kernels);
    }
  }

  @Nested
  class AsInPyTorchAtStrideSixteen extends PyTorchParity {
    AsInPyTorchAtStrideSixteen() {
      super("vgg16-16");
    }

    @Override
    protected Backbone create(Kernels kernels) {
      return fromScratch(16, kernels);
    }
  }

  /** torchvision.models.vgg16().state_dict() without classifier.*. */
  @Test
  void parametersHaveTorchvisionsNamesInItsOrder() {
    List<String> names =
        Stream.of(0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
            .flatMap(at -> Stream.of("features." + at + ".weight", "features." + at + ".bias"))
            .toList();

    assertThat(ParameterNames.of(fromScratch(8, Kernels.TUNED).block()).keySet())
        .containsExactlyElementsOf(names);
  }

  @Test
  void frozenStagesAreTheFirstOnes() {
    Vgg16 network =
        new Vgg16(
            new Vgg16Config(
                Optional.of(Path.of("never-read.pth")), InputNormalisation.CENTRED, 16, 2),
            Kernels.TUNED);

    assertThat(network.input()).isEqualTo(InputSpec.CENTRED);
    ParameterNames.of(network.block())
        .forEach(
            (name, parameter) ->
                assertThat(parameter.requiresGradient())
                    .as(name)
                    .isEqualTo(!name.matches("features\\.[0257]\\..*")));
  }

  @Test
  void theOutputAndItsLevelsAreWhatPoolingSees() {
    Vgg16 network = fromScratch(16, Kernels.TUNED);

    assertThat(network.imagesAreIndependent()).isTrue();
    assertThat(network.output()).isEqualTo(new FeatureSpec(512, 16));
    assertThat(network.levels())
        .containsExactly(new FeatureSpec(128, 2), new FeatureSpec(256, 4), new FeatureSpec(512, 8));
  }

  @Test
  void onlyTwoOutputStridesAreAllowed() {
    assertThatThrownBy(() -> fromScratch(4, Kernels.TUNED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output-stride is 4; allowed: 8, 16");
  }

  @Test
  void frozenStagesNeedWeights() {
    assertThatThrownBy(() -> new Vgg16Config(Optional.empty(), InputNormalisation.IMAGENET, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "frozen-stages is 1, which keeps pretrained weights, but there is no weights; name a"
                + " file in weights beside it ('wsss weights list' shows what"
                + " 'wsss weights fetch' brings), or let frozen-stages be 0");
  }
}
