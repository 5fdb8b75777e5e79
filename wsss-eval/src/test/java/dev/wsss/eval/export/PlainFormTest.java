package dev.wsss.eval.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.cam.PixelCorrelationModel;
import dev.wsss.eval.cam.PixelPlanes;
import dev.wsss.eval.cam.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph of a pass gives what the models give that make maps by its method. */
final class PlainFormTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final CamNetwork network = SmallNetwork.of(manager);

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 37, 23", "3, 40, 56", "2, 5, 2", "1, 3, 3"})
  void pixelCorrelationIsInTheGraph(int count, int height, int width) throws Exception {
    List<RgbImage> pictures = pictures(count, height, width);
    RawMaps expected =
        new PixelCorrelationModel(new TrainedModel(network, manager))
            .run(new PixelPlanes().of(pictures, false, height, width), true);
    try (Exported graph =
            new Exported(
                PlainForm.of(network, SmallNetwork.CLASSES, MapMethod.PIXEL_CORRELATION, true));
        OnnxTensor input = graph.pixels(pictures);
        OrtSession.Result result = graph.run(Map.of("pixels", input))) {
      OnnxTensor maps = Exported.output(result, "maps");
      assertThat(maps.getInfo().getShape())
          .containsExactly(count, SmallNetwork.CLASSES, expected.height(), expected.width());
      assertNear(maps, expected.maps());
      assertNear(Exported.output(result, "logits"), expected.logits());
      assertNear(Exported.output(result, "features"), expected.features().orElseThrow());
    }
  }

  @Test
  void mapsOfGradientsHaveNoNodes() {
    assertThatThrownBy(() -> PlainForm.of(network, SmallNetwork.CLASSES, MapMethod.GRAD_CAM, false))
        .isInstanceOf(OnnxException.class)
        .hasMessage("GRAD_CAM takes gradients, for which there are no ONNX nodes");
  }

  /** Within a ten-thousandth of the largest. */
  private static void assertNear(OnnxTensor found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found.getFloatBuffer().array()).containsExactly(expected, within(1e-4f * largest));
  }

  private static List<RgbImage> pictures(int count, int height, int width) {
    Random random = new Random(height);
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[3 * height * width];
      random.nextBytes(rgb);
      pictures.add(new RgbImage(width, height, rgb));
    }
    return pictures;
  }
}
