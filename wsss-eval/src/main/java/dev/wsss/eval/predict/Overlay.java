package dev.wsss.eval.predict;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.VocColours;
import dev.wsss.eval.report.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A picture with its mask laid over it in PASCAL VOC's colours, as a JPEG to look at, its longer
 * side at most {@value #LONG_SIDE} pixels.
 */
final class Overlay {
  static final int LONG_SIDE = 1280;

  private Overlay() {}

  static void write(Path file, RgbImage picture, IndexMask mask) throws IOException {
    BufferedImage drawn = draw(picture, mask);
    WholeFile.write(
        file,
        target -> {
          if (!ImageIO.write(drawn, "jpg", target.toFile())) {
            throw new IOException("this Java has no JPEG writer");
          }
        });
  }

  private static BufferedImage draw(RgbImage picture, IndexMask mask) {
    RgbImage shown =
        Math.max(picture.width(), picture.height()) <= LONG_SIDE
            ? picture
            : BilinearResize.toLongSide(picture, LONG_SIDE).apply(picture);
    int width = shown.width();
    int height = shown.height();
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      int maskRow = (int) ((y + 0.5) * mask.height() / height);
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        int index = mask.at((int) ((x + 0.5) * mask.width() / width), maskRow);
        int colour = VocColours.rgb(index);
        int pixel = 0;
        for (int c = 0; c < 3; c++) {
          int own = shown.rgb()[at + c] & 0xff;
          int over = colour >> (16 - 8 * c) & 0xff;
          pixel = pixel << 8 | (index == 0 ? own : (own + over + 1) / 2);
        }
        row[x] = pixel;
      }
      drawn.setRGB(0, y, width, 1, row, 0, width);
    }
    return drawn;
  }
}
