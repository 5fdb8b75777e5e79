package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NodeList;

/**
 * What a TIFF may say of itself besides its size. Its decoder makes room for as many channels as
 * the file claims, for whole tiles, and outside Java's heap for the JPEGs inside.
 */
final class TiffLimits {
  /** Four channels of 16 bits. */
  private static final int MOST_BITS = 64;

  /** Smaller tiles are never too large. */
  private static final long USUAL_TILE = 1L << 20;

  private TiffLimits() {}

  /**
   * Checks before pixels are decoded.
   *
   * @throws BadImageException naming what is too large
   */
  static void require(Path file, byte[] bytes, ImageReader reader, long maxPixels)
      throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    int bits = type.getBitsPerBand(0);
    if ((long) type.getNumBands() * bits > MOST_BITS) {
      throw new BadImageException(
          "%s: %d channels of %d bits; at most %d bits a pixel are decoded"
              .formatted(file, type.getNumBands(), bits, MOST_BITS));
    }
    int width = reader.getTileWidth(0);
    int height = reader.getTileHeight(0);
    if ((long) width * height > Math.max(maxPixels, USUAL_TILE)) {
      throw new BadImageException(
          "%s: stored in tiles of %d×%d; a tile has at most %d pixels (data.max-pixels)"
              .formatted(file, width, height, Math.max(maxPixels, USUAL_TILE)));
    }
    if (mayHoldJpegs(reader)) {
      requireJpegs(file, bytes, maxPixels);
    }
  }

  private static boolean mayHoldJpegs(ImageReader reader) throws IOException {
    try {
      NodeList names =
          ((IIOMetadataNode)
                  reader
                      .getImageMetadata(0)
                      .getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName))
              .getElementsByTagName("CompressionTypeName");
      return names.getLength() == 0
          || ((IIOMetadataNode) names.item(0)).getAttribute("value").contains("JPEG");
    } catch (RuntimeException e) {
      return true; // readers meet damaged metadata with all kinds of exceptions
    }
  }

  private static void requireJpegs(Path file, byte[] bytes, long maxPixels)
      throws BadImageException {
    for (int at = 0; at < bytes.length; at++) {
      if (JpegScans.isJpeg(bytes, at)) {
        JpegScans jpeg = JpegScans.of(bytes, at);
        jpeg.requireFew(file);
        if (jpeg.pixels() > maxPixels) {
          throw new BadImageException(
              "%s: holds a JPEG of %d pixels; at most %d are decoded, which data.max-pixels can raise"
                  .formatted(file, jpeg.pixels(), maxPixels));
        }
        at = Math.max(at, jpeg.end() - 1);
      }
    }
  }
}
