package dev.wsss.eval.report;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.MaskResize;
import dev.wsss.eval.image.VocColours;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A picture made small, plain or under a mask whose classes have PASCAL VOC's colours, as a JPEG.
 *
 * @param jpeg a whole file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PictureTile(int width, int height, byte[] jpeg) {
  private static final float QUALITY = 0.8f;

  /** Shrinks a picture so that its longer side has at most {@code longSide} pixels. */
  public static RgbImage shrunk(RgbImage image, int longSide) {
    return Math.max(image.width(), image.height()) <= longSide
        ? image
        : BilinearResize.toLongSide(image, longSide).apply(image);
  }

  /** Shrinks a mask likewise, to the pixels nearest to the centres. */
  public static IndexMask shrunk(IndexMask mask, int longSide) {
    double factor = (double) longSide / Math.max(mask.width(), mask.height());
    if (factor >= 1) {
      return mask;
    }
    int width = Math.max(1, (int) Math.round(mask.width() * factor));
    int height = Math.max(1, (int) Math.round(mask.height() * factor));
    return MaskResize.nearest(mask, width, height);
  }

  /** The picture alone. */
  public static PictureTile of(RgbImage image) throws IOException {
    return jpeg(Tiles.picture(image));
  }

  /**
   * The picture under a mask of its size; background shows it as it is.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static PictureTile of(RgbImage image, IndexMask mask) throws IOException {
    if (mask.width() != image.width() || mask.height() != image.height()) {
      throw new IllegalArgumentException(
          "a mask of %d×%d on a picture of %d×%d"
              .formatted(mask.width(), mask.height(), image.width(), image.height()));
    }
    return jpeg(Tiles.truth(image, mask));
  }

  private static PictureTile jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return new PictureTile(image.getWidth(), image.getHeight(), bytes.toByteArray());
  }

  /** The colour of a mask index as CSS writes it, for example {@code #800000}. */
  public static String colour(int index) {
    return String.format("#%06x", VocColours.rgb(index));
  }
}
