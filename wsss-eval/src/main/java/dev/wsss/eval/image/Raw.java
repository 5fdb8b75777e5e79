package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decoding of one file through ImageIO: strict where ImageIO only warns, and only of regular files
 * that claim no more pixels than are allowed.
 */
final class Raw {
  /** What a file may take for each pixel: four channels of 16 bits, not compressed. */
  private static final long BYTES_PER_PIXEL = 8;

  /** What a file may take besides. */
  private static final long OTHER_BYTES = 16 << 20;

  /** What is held at once: as the file has them, as RGB, and turned upright. */
  private static final long DECODED_BYTES_PER_PIXEL = 12;

  private static final String FORMATS = "JPEG, PNG, WebP or TIFF";

  private Raw() {}

  /** What to do with a reader whose input is set and whose size was checked. */
  interface Reading<T> {
    T read(ImageReader reader, Orientation orientation) throws IOException;
  }

  /**
   * Runs {@code reading} on the file.
   *
   * @throws BadImageException if the file is missing, broken, too large or of no known format
   */
  static <T> T open(Path file, long maxPixels, Reading<T> reading) throws BadImageException {
    try {
      requireRegular(file, maxPixels);
      byte[] bytes = Files.readAllBytes(file);
      if (JpegScans.isJpeg(bytes, 0)) {
        JpegScans.of(bytes, 0).requireFew(file);
      }
      try (EndingStream in = new EndingStream(bytes)) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
          throw new BadImageException(file + ": no picture in a known format, " + FORMATS);
        }
        ImageReader reader = readers.next();
        try {
          return read(file, bytes, in, reader, maxPixels, reading);
        } finally {
          reader.dispose();
        }
      }
    } catch (BadImageException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new BadImageException(file + ": no such file", e);
    } catch (IOException | RuntimeException e) {
      // Decoders meet broken files with all kinds of unchecked exceptions.
      throw new BadImageException(file + ": cannot be decoded (" + reason(e) + ")", e);
    }
  }

  /** Whether the file holds a JPEG, whatever its name says. */
  static boolean isJpeg(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT).contains("jpeg");
  }

  private static <T> T read(
      Path file,
      byte[] bytes,
      EndingStream in,
      ImageReader reader,
      long maxPixels,
      Reading<T> reading)
      throws IOException {
    List<String> damage = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> collect(warning, damage));
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    boolean saysOrientation = format.contains("jpeg") || format.startsWith("tif");
    reader.setInput(in, true, !saysOrientation);
    requirePixels(file, reader, maxPixels);
    if (format.startsWith("tif")) {
      TiffLimits.require(file, bytes, reader, maxPixels);
    }
    int before = damage.size();
    Orientation orientation = saysOrientation ? Orientation.of(reader) : Orientation.NORMAL;
    if (format.equals("webp")) {
      WebpChunks chunks = WebpChunks.of(bytes);
      chunks.requireFramesWithin(file, reader.getWidth(0), reader.getHeight(0));
      orientation = chunks.orientation();
    }
    damage.subList(before, damage.size()).clear(); // damaged metadata harm no pixel
    T result = reading.read(reader, orientation);
    if (!damage.isEmpty()) {
      throw new BadImageException(file + ": broken (" + String.join("; ", damage) + ")");
    }
    return result;
  }

  /** A pipe would be read for ever, and a file of gigabytes fits in no array. */
  private static void requireRegular(Path file, long maxPixels) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new BadImageException(file + ": no regular file; a picture is a " + FORMATS + " file");
    }
    long most = Math.min(Integer.MAX_VALUE - 8L, BYTES_PER_PIXEL * maxPixels + OTHER_BYTES);
    if (attributes.size() > most) {
      throw new BadImageException(
          "%s: %d bytes; a picture of at most %d pixels (data.max-pixels) has at most %d"
              .formatted(file, attributes.size(), maxPixels, most));
    }
  }

  private static void requirePixels(Path file, ImageReader reader, long maxPixels)
      throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > maxPixels) {
      throw new BadImageException(
          "%s: %d×%d are %d pixels; at most %d are decoded, which data.max-pixels can raise"
              .formatted(file, width, height, width * height, maxPixels));
    }
    if (Math.max(width, height) > PictureFile.LONGEST_SIDE) {
      throw new BadImageException(
          "%s: %d×%d; a side of at most %d pixels is decoded"
              .formatted(file, width, height, PictureFile.LONGEST_SIDE));
    }
  }

  /**
   * Checks, before pixels are decoded, that they fit Java's memory at all: to run out of it would
   * end more than this picture.
   */
  static void requireHeap(Path file, ImageReader reader) throws IOException {
    long tile = (long) reader.getTileWidth(0) * reader.getTileHeight(0);
    long pixels = Math.max(tile, (long) reader.getWidth(0) * reader.getHeight(0));
    long needed = DECODED_BYTES_PER_PIXEL * pixels;
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap) {
      throw new BadImageException(
          "%s: %d×%d pixels take about %d MiB while they are decoded, and Java has %d MiB; give it more (-Xmx)"
              .formatted(file, reader.getWidth(0), reader.getHeight(0), needed >> 20, heap >> 20));
    }
  }

  // A cut JPEG is decoded to its end in grey with only a warning; odd metadata warn too,
  // harmlessly.
  private static void collect(String warning, List<String> damage) {
    if (warning.contains("Truncated") || warning.contains("Corrupt")) {
      damage.add(warning);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
