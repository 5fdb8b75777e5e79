package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decoding of one file through ImageIO, strict where ImageIO only warns. */
final class Raw {

  private Raw() {}

  /** What to do with a reader whose input is set. */
  interface Reading<T> {
    T read(ImageReader reader) throws IOException;
  }

  /** All pixels, in the file's own colours or indices. */
  static BufferedImage decode(Path file) throws BadImageException {
    return open(file, reader -> reader.read(0));
  }

  /**
   * Runs {@code reading} on the file.
   *
   * @throws BadImageException if the file is missing, broken or of no known format
   */
  static <T> T open(Path file, Reading<T> reading) throws BadImageException {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadImageException(file + ": no picture in a known format, JPEG or PNG");
      }
      ImageReader reader = readers.next();
      try {
        List<String> damage = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> collect(warning, damage));
        reader.setInput(in, true, true);
        T result = reading.read(reader);
        if (!damage.isEmpty()) {
          throw new BadImageException(file + ": broken (" + String.join("; ", damage) + ")");
        }
        return result;
      } finally {
        reader.dispose();
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
