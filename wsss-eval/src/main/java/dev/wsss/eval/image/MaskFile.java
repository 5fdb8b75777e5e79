package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * A mask in a PNG file with one class index a pixel: the palette's index or the grey value, never a
 * colour.
 */
public record MaskFile(Path path) {

  /**
   * Reads the values as they are.
   *
   * @throws BadImageException if the file is missing, broken, holds colours, or has more than
   *     {@link PictureFile#MAX_PIXELS} pixels
   */
  public IndexMask read() throws BadImageException {
    return values(
        Raw.open(
            path,
            PictureFile.MAX_PIXELS,
            (reader, orientation) -> {
              requireLossless(reader);
              Raw.requireHeap(path, reader);
              return reader.read(0);
            }));
  }

  private IndexMask values(BufferedImage image) throws BadImageException {
    Raster raster = image.getRaster();
    if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) > 8) {
      throw new BadImageException(
          "%s: %d channels of %d bits; a mask has one class index of at most 8 bits a pixel (a palette or grey PNG)"
              .formatted(path, raster.getNumBands(), raster.getSampleModel().getSampleSize(0)));
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] indices = new byte[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        indices[y * width + x] = (byte) row[x];
      }
    }
    return new IndexMask(width, height, indices);
  }

  private void requireLossless(ImageReader reader) throws IOException {
    if (Raw.isJpeg(reader)) {
      throw new BadImageException(
          path + ": a JPEG does not keep class indices; a mask is a palette or grey PNG");
    }
  }

  /**
   * Reads the mask of a picture and checks that both belong together; the size is checked before
   * any pixel is decoded.
   *
   * @throws BadImageException if the mask or the header of its picture is broken, the mask has
   *     another size than the upright picture, or it holds a value that stands for no class
   */
  public IndexMask readFor(PictureFile picture, MaskValues values) throws BadImageException {
    PictureFile.Size size = picture.size();
    IndexMask mask =
        values(
            Raw.open(
                path,
                picture.maxPixels(),
                (reader, orientation) -> {
                  requireLossless(reader);
                  requireSize(reader.getWidth(0), reader.getHeight(0), picture, size);
                  Raw.requireHeap(path, reader);
                  return reader.read(0);
                }));
    byte[] indices = new byte[mask.indices().length];
    for (int i = 0; i < indices.length; i++) {
      int value = mask.indices()[i] & 0xff;
      int index = values.indexOf(value);
      if (index < 0) {
        throw new BadImageException(
            "%s: value %d at column %d, row %d is no class; allowed are 0 (background) to %d (%s) and 255 (not counted); data.mask-values can give others a meaning"
                .formatted(
                    path,
                    value,
                    i % mask.width(),
                    i / mask.width(),
                    values.classes().count(),
                    values.classes().ofMaskIndex(values.classes().count())));
      }
      indices[i] = (byte) index;
    }
    return new IndexMask(mask.width(), mask.height(), indices);
  }

  private void requireSize(int width, int height, PictureFile picture, PictureFile.Size size)
      throws BadImageException {
    if (width != size.width() || height != size.height()) {
      throw new BadImageException(
          "%s: the mask is %d×%d, its picture %s is %s%s; a mask has the size of its picture"
              .formatted(
                  path,
                  width,
                  height,
                  picture.path(),
                  size,
                  picture.isTurned() ? " once turned upright (EXIF orientation)" : ""));
    }
  }

  /** Writes the indices as a PNG with the colours of PASCAL VOC, making its folder if needed. */
  public void write(IndexMask mask) throws IOException {
    BufferedImage image =
        new BufferedImage(
            mask.width(), mask.height(), BufferedImage.TYPE_BYTE_INDEXED, VocColours.palette());
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(mask.indices(), 0, pixels, 0, pixels.length);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!ImageIO.write(image, "png", path.toFile())) {
      throw new IOException(path + ": this Java has no PNG writer");
    }
  }
}
