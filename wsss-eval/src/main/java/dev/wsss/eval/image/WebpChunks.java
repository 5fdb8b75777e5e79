package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the decoder of WebP does not look at: the size that each frame says it has, and how the
 * camera was held. A WebP file is a RIFF container: a name of four letters, a length, and as many
 * bytes, again and again.
 */
final class WebpChunks {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /** What stands before the chunks of an animation's frame. */
  private static final int FRAME_HEADER = 16;

  private final List<PictureFile.Size> frames = new ArrayList<>();
  private Orientation orientation = Orientation.NORMAL;

  private WebpChunks() {}

  static WebpChunks of(byte[] file) {
    WebpChunks chunks = new WebpChunks();
    chunks.read(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    return chunks;
  }

  Orientation orientation() {
    return orientation;
  }

  /**
   * The decoder makes room for the size that a frame has, whatever size the picture has.
   *
   * @throws BadImageException if a frame is larger than the picture
   */
  void requireFramesWithin(Path file, int width, int height) throws BadImageException {
    for (PictureFile.Size frame : frames) {
      if (frame.width() > width || frame.height() > height) {
        throw new BadImageException(
            "%s: broken (a frame of %s in a picture of %d×%d)"
                .formatted(file, frame, width, height));
      }
    }
  }

  /** Reads chunks to the end, or to where the file was cut. */
  private void read(ByteBuffer in) {
    int at = FILE_HEADER;
    while (at >= 0 && at <= in.limit() - CHUNK_HEADER) {
      String name = new String(bytes(in, at, 4), StandardCharsets.US_ASCII);
      int length = in.getInt(at + 4);
      int start = at + CHUNK_HEADER;
      if (length < 0) {
        return;
      }
      ByteBuffer body =
          in.slice(start, Math.min(length, in.limit() - start)).order(ByteOrder.LITTLE_ENDIAN);
      chunk(name, body);
      // A frame of an animation holds chunks of its own. Negative where it overflows.
      at = start + (name.equals("ANMF") ? FRAME_HEADER : length + length % 2);
    }
  }

  private void chunk(String name, ByteBuffer body) {
    switch (name) {
      case "VP8 " -> {
        if (body.limit() >= 10) {
          frames.add(new PictureFile.Size(body.getShort(6) & 0x3fff, body.getShort(8) & 0x3fff));
        }
      }
      case "VP8L" -> {
        if (body.limit() >= 5) {
          int sides = body.getInt(1);
          frames.add(new PictureFile.Size((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1));
        }
      }
      case "EXIF" -> orientation = exif(body);
      default -> {
        // says nothing of size or orientation
      }
    }
  }

  /** Looks for EXIF's tag 0x0112 in the first directory of what is a TIFF file of its own. */
  private static Orientation exif(ByteBuffer exif) {
    int start = exif.limit() >= 6 && exif.getInt(0) == 0x66697845 ? 6 : 0; // "Exif", two zeros
    if (exif.limit() < start + 8) {
      return Orientation.NORMAL;
    }
    ByteBuffer tiff = exif.slice(start, exif.limit() - start);
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return Orientation.NORMAL;
    }
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= tiff.limit(); i++) {
      int entry = directory + 2 + 12 * i;
      if (tiff.getShort(entry) == 0x0112) {
        return Orientation.ofExif(tiff.getShort(entry + 8));
      }
    }
    return Orientation.NORMAL;
  }

  private static byte[] bytes(ByteBuffer in, int at, int count) {
    byte[] bytes = new byte[count];
    in.get(at, bytes);
    return bytes;
  }
}
