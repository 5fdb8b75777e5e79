package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.eval.image.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * How much memory pictures will take, and how many are worked on at once.
 *
 * <p>The guess is {@value #BASE_MEGABYTES} MB for Java, ONNX Runtime and a model, and {@value
 * #BYTES_PER_PIXEL} bytes for each pixel that is in work, by the headers of the {@value #LOOKED_AT}
 * largest files. Both numbers were measured; see docs/predict.md.
 */
final class MemoryGuess {
  /** Pixels that are worked on at once; a larger picture is worked on alone. */
  static final long PIXELS_AT_ONCE = 8_000_000;

  private static final int BASE_MEGABYTES = 420;
  private static final int BYTES_PER_PIXEL = 16;
  private static final int LOOKED_AT = 16;

  private MemoryGuess() {}

  /** Megabytes at most. */
  static long of(List<Path> files) {
    long largest =
        files.stream()
            .sorted(Comparator.comparingLong(MemoryGuess::bytes).reversed())
            .limit(LOOKED_AT)
            .mapToLong(MemoryGuess::pixels)
            .max()
            .orElse(0);
    long atOnce = Math.max(largest, Math.min(PIXELS_AT_ONCE, 2 * largest));
    return BASE_MEGABYTES + atOnce * BYTES_PER_PIXEL / 1_000_000;
  }

  /** By the header; 0 where it cannot be read, which whoever decodes it will say. */
  static long pixels(Path file) {
    try {
      PictureFile.Size size = new PictureFile(file).size();
      return (long) size.width() * size.height();
    } catch (BadImageException e) {
      return 0;
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
