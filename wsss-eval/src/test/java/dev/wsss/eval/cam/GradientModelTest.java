package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.Example;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.CamNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a network with one linear layer behind the features, whose gradients are its weights. */
class GradientModelTest {
  private static final CamConfig CAMS = new CamConfig(List.of(0.5, 1.0), true, 1);
  private static final int CHANNELS = 8;

  private NDManager manager;
  private CamNetwork network;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    network = FakeNetworks.convolutional(manager);
  }

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  /**
   * A logit is a mean, so that every cell's gradient is w/(h·w): the map is that of CAM over h·w.
   */
  @Test
  void gradCamBehindOneLinearLayerIsCam() {
    for (LabelSource source : List.of(LabelSource.GIVEN, this::first)) {
      List<LabelledPicture> pictures =
          List.of(TestPictures.random(3, 26, 18, 0, 2), TestPictures.random(4, 26, 18, 1));
      var cam = inference(new TrainedModel(network, manager)).predict(pictures, source);
      var gradCam = inference(model(MapMethod.GRAD_CAM)).predict(pictures, source);
      for (int i = 0; i < pictures.size(); i++) {
        assertThat(gradCam.get(i).map().score())
            .containsExactly(cam.get(i).map().score(), within(1e-4f));
        assertThat(gradCam.get(i).probabilities()).isEqualTo(cam.get(i).probabilities());
      }
    }
  }

  private Example first(Example example, float[] probabilities) {
    return TestPictures.example(example.id(), 0);
  }

  @Test
  void layerCamWeightsEachChannelByItsPositiveGradient() {
    PixelBatch pixels = pixels(2, 12, 16);
    RawMaps cam = new TrainedModel(network, manager).run(pixels, true);
    RawMaps layerCam = model(MapMethod.LAYER_CAM).run(pixels, true);
    float[] features = cam.features().orElseThrow();
    float[] weights = headWeights();
    int cells = cam.height() * cam.width();
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 3; k++) {
        for (int p = 0; p < cells; p++) {
          double sum = 0;
          for (int c = 0; c < CHANNELS; c++) {
            sum +=
                Math.max(0, weights[k * CHANNELS + c]) * features[(i * CHANNELS + c) * cells + p];
          }
          assertThat((double) layerCam.maps()[(i * 3 + k) * cells + p])
              .isCloseTo(sum, within(1e-4));
        }
      }
    }
    assertThat(layerCam.logits()).isEqualTo(cam.logits());
    assertThat(layerCam.features().orElseThrow()).isEqualTo(features);
  }

  @ParameterizedTest
  @EnumSource(names = {"GRAD_CAM", "LAYER_CAM"})
  void onlyTheClassesThatAreAskedForHaveMaps(MapMethod method) {
    PixelBatch pixels = pixels(1, 12, 16);
    RawMaps all = model(method).run(pixels, false);
    BitSet second = new BitSet();
    second.set(1);
    RawMaps one = model(method).run(pixels, false, second);
    int cells = all.height() * all.width();
    assertThat(Arrays.copyOfRange(one.maps(), cells, 2 * cells))
        .isEqualTo(Arrays.copyOfRange(all.maps(), cells, 2 * cells));
    assertThat(Arrays.copyOfRange(one.maps(), 0, cells)).containsOnly(0);
    assertThat(Arrays.copyOfRange(one.maps(), 2 * cells, 3 * cells)).containsOnly(0);
    assertThat(all.maps()).isNotEqualTo(one.maps());
  }

  @Test
  void nothingIsLeftBehindAndParametersStillLearnAfterwards() {
    GradientModel model = model(MapMethod.LAYER_CAM);
    model.run(pixels(1, 12, 16), false);
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < 10; i++) {
      model.run(pixels(1, 12, 16 + i), false);
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(network.parameters().values()).allMatch(parameter -> parameter.requiresGradient());
  }

  @Test
  void camNeedsNoGradients() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(MapMethod.CAM))
        .withMessage("CAM needs no gradients: take a TrainedModel");
  }

  private GradientModel model(MapMethod method) {
    return new GradientModel(network, manager, method);
  }

  private static CamInference inference(CamModel model) {
    return new CamInference(model, CAMS);
  }

  private float[] headWeights() {
    List<NDArray> weights = new ArrayList<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (name.startsWith("head.")) {
                weights.add(parameter.getArray());
              }
            });
    assertThat(weights).hasSize(1);
    assertThat(weights.get(0).getShape()).isEqualTo(new Shape(3, CHANNELS, 1, 1));
    return weights.get(0).toFloatArray();
  }

  private static PixelBatch pixels(int count, int height, int width) {
    Random random = new Random(5);
    ByteBuffer values =
        ByteBuffer.allocateDirect(count * 3 * height * width * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    while (values.hasRemaining()) {
      values.putFloat(255 * random.nextFloat());
    }
    return new PixelBatch(count, height, width, values.flip());
  }
}
