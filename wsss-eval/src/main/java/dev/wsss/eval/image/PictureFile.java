package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * A photograph in a JPEG, PNG, WebP or TIFF file. Grey becomes RGB, CMYK and YCCK are converted, of
 * 16 bits the upper 8 are kept; it is turned upright as its EXIF orientation says; transparency and
 * embedded colour profiles are not looked at. Of several pictures in a file the first counts.
 *
 * @param maxPixels larger pictures are not decoded; at most 715,827,882, of which an {@link
 *     RgbImage} can hold the bytes
 */
public record PictureFile(Path path, long maxPixels) {
  /** The limit where none is configured: no camera's picture is larger, and most heaps hold it. */
  public static final long MAX_PIXELS = 100_000_000;

  /** No side may be longer, in pixels: as in a JPEG; decoders also hold a few rows unpacked. */
  public static final int LONGEST_SIDE = 65_535;

  /** How names of pictures end, after the dot and in small letters. */
  public static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp", "tif", "tiff");

  /** Whether a file is called like a picture that can be read. */
  public static boolean isPictureName(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** With the limit {@link #MAX_PIXELS}. */
  public PictureFile(Path path) {
    this(path, MAX_PIXELS);
  }

  /** Width and height of the upright picture, in pixels. */
  public record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "×" + height;
    }
  }

  /**
   * Decodes all pixels.
   *
   * @throws BadImageException if the file is missing, truncated, no picture or too large
   */
  public RgbImage read() throws BadImageException {
    return Raw.open(
        path,
        maxPixels,
        (reader, orientation) -> {
          Raw.requireHeap(path, reader);
          BufferedImage image = reader.read(0);
          requireWholeNumbers(image.getRaster());
          return orientation.upright(new RgbImage(image.getWidth(), image.getHeight(), rgb(image)));
        });
  }

  /**
   * Reads the size from the file's header.
   *
   * @throws BadImageException if there is no such header, or the picture is too large
   */
  public Size size() throws BadImageException {
    return Raw.open(
        path,
        maxPixels,
        (reader, orientation) ->
            orientation.isTransposed()
                ? new Size(reader.getHeight(0), reader.getWidth(0))
                : new Size(reader.getWidth(0), reader.getHeight(0)));
  }

  /** Whether the stored picture has to be turned to stand upright. */
  boolean isTurned() throws BadImageException {
    return Raw.open(path, maxPixels, (reader, orientation) -> orientation != Orientation.NORMAL);
  }

  /** What brightness a real number stands for is known only to the program that wrote it. */
  private void requireWholeNumbers(Raster raster) throws BadImageException {
    int type = raster.getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new BadImageException(
          path + ": holds floating-point values; a picture has 8 or 16 bits a channel");
    }
  }

  private static byte[] rgb(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette);
    }
    int channels = colours.getNumColorComponents();
    int space = colours.getColorSpace().getType();
    // Samples as they are: the colour model would brighten grey, and convert profiles slowly.
    return space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB
        ? fromSamples(image.getRaster(), channels, colours.getComponentSize(0) - 8)
        : fromColourModel(image);
  }

  private static byte[] fromSamples(Raster raster, int channels, int shift) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[bands * width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int sample = row[bands * x + (channels == 1 ? 0 : c)];
          rgb[at++] = (byte) (shift >= 0 ? sample >> shift : sample << -shift);
        }
      }
    }
    return rgb;
  }

  private static byte[] fromPalette(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    byte[] rgb = new byte[3 * raster.getWidth() * raster.getHeight()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        at = put(rgb, at, colours[raster.getSample(x, y, 0)]);
      }
    }
    return rgb;
  }

  private static byte[] fromColourModel(BufferedImage image) {
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        at = put(rgb, at, image.getRGB(x, y));
      }
    }
    return rgb;
  }

  private static int put(byte[] rgb, int at, int colour) {
    rgb[at] = (byte) (colour >> 16);
    rgb[at + 1] = (byte) (colour >> 8);
    rgb[at + 2] = (byte) colour;
    return at + 3;
  }
}
