package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.tensor.Bilinear;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelPlanesTest {
  @ParameterizedTest
  @CsvSource({"12, 9, 12, 9", "12, 9, 24, 18", "12, 9, 6, 5", "13, 7, 20, 10", "1, 1, 4, 4"})
  void resizesAsTensorsAreResized(int width, int height, int toWidth, int toHeight) {
    List<RgbImage> pictures =
        List.of(
            TestPictures.random(1, width, height).image(),
            TestPictures.random(2, width, height).image());
    PixelPlanes planes = new PixelPlanes();
    // Larger first, so that what is left in the memory would show.
    planes.of(pictures, true, 2 * toHeight, 2 * toWidth);

    PixelBatch batch = planes.of(pictures, true, toHeight, toWidth);

    assertThat(batch.count()).isEqualTo(4);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray straight = manager.zeros(new Shape(0, 3, toHeight, toWidth));
      for (RgbImage picture : pictures) {
        NDArray image =
            manager
                .create(
                    java.nio.ByteBuffer.wrap(picture.rgb()),
                    new Shape(1, height, width, 3),
                    DataType.UINT8)
                .toType(DataType.FLOAT32, false)
                .transpose(0, 3, 1, 2);
        straight = straight.concat(Bilinear.resize(image, toHeight, toWidth), 0);
      }
      float[] expected = straight.concat(straight.flip(3), 0).toFloatArray();
      float[] values = new float[expected.length];
      batch.values().asFloatBuffer().get(values);
      assertThat(values).containsExactly(expected, within(2e-4f));
    }
  }
}
