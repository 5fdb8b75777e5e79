package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTileTest {

  @Test
  void layTheColoursOfClassesOverAPicture() throws IOException {
    IndexMask mask = upperHalfIs(1, 64, 48);
    PictureTile tile = PictureTile.of(grey(64, 48), mask);

    var image = ImageIO.read(new ByteArrayInputStream(tile.jpeg()));
    assertThat(image.getWidth()).isEqualTo(tile.width()).isEqualTo(64);
    // 60 % of (128, 0, 0) over 40 % of (100, 100, 100).
    Color upper = new Color(image.getRGB(30, 8));
    assertThat(upper.getRed()).isCloseTo(117, within(6));
    assertThat(upper.getGreen()).isCloseTo(40, within(6));
    assertThat(new Color(image.getRGB(30, 40)).getRed()).isCloseTo(100, within(6));
    assertThat(PictureTile.colour(1)).isEqualTo("#800000");
  }

  @Test
  void shrinkPictureAndMaskToTheSameSize() {
    for (int width : new int[] {1, 3, 319, 320, 321, 333, 2000}) {
      RgbImage image = PictureTile.shrunk(grey(width, 701), 320);
      IndexMask mask = PictureTile.shrunk(upperHalfIs(2, width, 701), 320);
      assertThat(mask.width()).isEqualTo(image.width());
      assertThat(mask.height()).isEqualTo(image.height());
      assertThat(Math.max(mask.width(), mask.height())).isEqualTo(320);
      assertThat(mask.at(0, 0)).isEqualTo(2);
      assertThat(mask.at(mask.width() - 1, mask.height() - 1)).isZero();
    }
    IndexMask small = upperHalfIs(1, 20, 10);
    assertThat(PictureTile.shrunk(small, 320)).isSameAs(small);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PictureTile.of(grey(4, 4), upperHalfIs(1, 4, 5)))
        .withMessage("a mask of 4×5 on a picture of 4×4");
  }

  private static RgbImage grey(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 100);
    return new RgbImage(width, height, rgb);
  }

  private static IndexMask upperHalfIs(int index, int width, int height) {
    byte[] indices = new byte[width * height];
    Arrays.fill(indices, 0, width * (height / 2), (byte) index);
    return new IndexMask(width, height, indices);
  }
}
