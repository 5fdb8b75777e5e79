package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.IndexMask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MaskLayerTest {

  @Test
  void classesAreSeenThroughAndBackgroundIsNotSeen() throws IOException {
    byte[] indices = {0, 1, (byte) IndexMask.IGNORE, 0, 20, 1};
    byte[] png = MaskLayer.png(new IndexMask(3, 2, indices));

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int alpha = 153 << 24; // 60 % of 255
    assertThat(image.getRGB(0, 0, 3, 2, null, 0, 3))
        .containsExactly(
            0, alpha | 0x800000, alpha | 0xe0e0c0, 0, alpha | 0x004080, alpha | 0x800000);
    assertThat(new String(png, StandardCharsets.ISO_8859_1))
        .as("a colour that the mask lacks takes no room: the palette has 4 times 3 bytes")
        .contains("\0\0\0\14PLTE");
    assertThat(MaskLayer.png(new IndexMask(3, 2, indices))).isEqualTo(png);
  }

  @Test
  void aMaskMayHaveEveryIndex() throws IOException {
    byte[] indices = new byte[256];
    for (int i = 0; i < 256; i++) {
      indices[i] = (byte) i;
    }
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(MaskLayer.png(new IndexMask(16, 16, indices))));

    assertThat(image.getRGB(15, 15)).isEqualTo(153 << 24 | 0xe0e0c0);
  }
}
