package dev.wsss.eval.onnx;

import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxSeal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Checks that a model file holds the bytes that {@code wsss export} wrote, before ONNX Runtime sees
 * them: its parser is native code, which a damaged file could crash. Reads the file once, in 64 KiB
 * of memory.
 */
final class ModelSeal {
  private static final int BUFFER = 1 << 16;
  private static final int DIGITS = 64;

  private ModelSeal() {}

  /**
   * Does nothing if the file is whole.
   *
   * @throws ModelFileException if it is too large, has no {@link OnnxSeal} at its end, or another
   *     content than that says
   */
  static void require(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > OnnxModel.LARGEST) {
        throw new ModelFileException(
            "%s: %,d bytes; a model file has at most %,d".formatted(file, size, OnnxModel.LARGEST));
      }
      byte[] content = digest(in, Math.max(0, size - OnnxSeal.SIZE));
      require(file, in.readNBytes(OnnxSeal.SIZE), OnnxSeal.entry(content));
    } catch (IOException e) {
      throw new ModelFileException(file + ": cannot be read (" + e + ")", e);
    }
  }

  private static void require(Path file, byte[] found, byte[] expected) {
    int before = OnnxSeal.SIZE - DIGITS;
    if (found.length < OnnxSeal.SIZE || !Arrays.equals(found, 0, before, expected, 0, before)) {
      throw new ModelFileException(
          "%s does not end with the checksum that wsss export writes ('%s'): another program wrote or changed it, or its end is missing; copy it again, or export the run again"
              .formatted(file, OnnxSeal.KEY));
    }
    if (!Arrays.equals(found, expected)) {
      throw new ModelFileException(
          "%s is damaged, or was changed after wsss export: its content does not have the checksum at its end ('%s'); copy it again, or export the run again"
              .formatted(file, OnnxSeal.KEY));
    }
  }

  /** SHA-256 of the next so many bytes, or of fewer where the file ends. */
  private static byte[] digest(InputStream in, long count) throws IOException {
    MessageDigest digest = OnnxSeal.digest();
    byte[] buffer = new byte[BUFFER];
    long left = count;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        break;
      }
      digest.update(buffer, 0, read);
      left -= read;
    }
    return digest.digest();
  }
}
