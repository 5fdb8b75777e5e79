package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.tensor.HiddenCaches;
import dev.wsss.backbones.layer.BatchNormMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What dilation puts in the place of strides: at every second cell of stride 8 a network sees what
 * it sees at stride 16. Pretrained weights, which know strides, mean the same on both.
 */
class OutputStrideTest {

  static Stream<Arguments> networks() {
    return Stream.of(
        network(
            "resnet50",
            stride ->
                new ResNet50(
                    new ResNetConfig(
                        Optional.empty(),
                        BatchNormMode.TRAINED,
                        InputNormalisation.IMAGENET,
                        stride,
                        0),
                    Kernels.TUNED)),
        network(
            "vgg16",
            stride ->
                new Vgg16(
                    new Vgg16Config(Optional.empty(), InputNormalisation.IMAGENET, stride, 0),
                    Kernels.TUNED)),
        network(
            "mobilenet-v2",
            stride ->
                new MobileNetV2(
                    new MobileNetV2Config(
                        Optional.empty(),
                        BatchNormMode.TRAINED,
                        InputNormalisation.CENTRED,
                        stride,
                        0),
                    Kernels.TUNED)));
  }

  private static Arguments network(String name, IntFunction<Backbone> atStride) {
    return Arguments.of(name, atStride);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void everySecondCellOfStrideEightIsACellOfStrideSixteen(
      String name, IntFunction<Backbone> atStride) {
    HiddenCaches.avoid();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray picture = manager.randomNormal(new Shape(1, 3, 75, 53));
      Backbone coarse = atStride.apply(16);
      Backbone fine = atStride.apply(8);
      coarse.block().initialize(manager, DataType.FLOAT32, picture.getShape());
      fine.block().initialize(manager, DataType.FLOAT32, picture.getShape());
      Map<String, Parameter> from = ParameterNames.of(coarse.block());
      ParameterNames.of(fine.block())
          .forEach((key, to) -> to.getArray().set(from.get(key).getArray().toByteBuffer()));

      NDArray expected = features(manager, coarse, picture);
      NDArray found = features(manager, fine, picture).get(":,:,::2,::2");

      assertThat(found.getShape()).isEqualTo(expected.getShape());
      float largest = expected.abs().max().getFloat();
      assertThat(largest).isPositive();
      assertThat(found.sub(expected).abs().max().getFloat()).isLessThan(1e-4f * largest);
    }
  }

  private static NDArray features(NDManager manager, Backbone backbone, NDArray picture) {
    return backbone
        .block()
        .forward(new ParameterStore(manager, false), new NDList(picture), false)
        .singletonOrThrow();
  }
}
