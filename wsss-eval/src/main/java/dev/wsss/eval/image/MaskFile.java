package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A mask in a PNG file with one class index a pixel: the palette's index or the grey value, never a
 * colour.
 */
public record MaskFile(Path path) {

  /**
   * Reads the indices.
   *
   * @throws BadImageException if the file is missing, broken, or holds colours
   */
  public IndexMask read() throws BadImageException {
    BufferedImage image =
        Raw.open(path, reader -> lossless(reader.getFormatName(), reader.read(0)));
    Raster raster = image.getRaster();
    if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) > 8) {
      throw new BadImageException(
          "%s: %d channels of %d bits; a mask has one class index of at most 8 bits a pixel (a palette or grey PNG)"
              .formatted(path, raster.getNumBands(), raster.getSampleModel().getSampleSize(0)));
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int[] samples =
        raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, 0, (int[]) null);
    byte[] indices = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      indices[i] = (byte) samples[i];
    }
    return new IndexMask(width, height, indices);
  }

  private BufferedImage lossless(String format, BufferedImage image) throws BadImageException {
    if (format.toLowerCase(Locale.ROOT).contains("jpeg")) {
      throw new BadImageException(
          path + ": a JPEG does not keep class indices; a mask is a palette or grey PNG");
    }
    return image;
  }

  /**
   * Reads the mask of a picture and checks that both belong together.
   *
   * @throws BadImageException if the mask is broken, has another size than the picture, or holds an
   *     index that is neither a class nor {@link IndexMask#IGNORE}
   */
  public IndexMask readFor(PictureFile picture, ClassNames classes) throws BadImageException {
    IndexMask mask = read();
    PictureFile.Size size = picture.size();
    if (mask.width() != size.width() || mask.height() != size.height()) {
      throw new BadImageException(
          "%s: the mask is %d×%d, its picture %s is %s; a mask has the size of its picture"
              .formatted(path, mask.width(), mask.height(), picture.path(), size));
    }
    for (int i = 0; i < mask.indices().length; i++) {
      int index = mask.indices()[i] & 0xff;
      if (index > classes.count() && index != IndexMask.IGNORE) {
        throw new BadImageException(
            "%s: index %d at column %d, row %d is no class; allowed are 0 (background) to %d (%s) and 255 (not counted)"
                .formatted(
                    path,
                    index,
                    i % mask.width(),
                    i / mask.width(),
                    classes.count(),
                    classes.ofMaskIndex(classes.count())));
      }
    }
    return mask;
  }

  /** Writes the indices as a PNG with the colours of PASCAL VOC as its palette. */
  public void write(IndexMask mask) throws IOException {
    BufferedImage image =
        new BufferedImage(
            mask.width(), mask.height(), BufferedImage.TYPE_BYTE_INDEXED, VocColours.palette());
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(mask.indices(), 0, pixels, 0, pixels.length);
    if (!ImageIO.write(image, "png", path.toFile())) {
      throw new IOException(path + ": this Java has no PNG writer");
    }
  }
}
