package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.nio.file.Path;

/**
 * How often a JPEG goes over its pixels. A progressive one does so a few times, and each scan costs
 * the decoder time and memory for the whole picture, while it takes the file a dozen bytes: a few
 * hundred kilobytes could keep it busy for hours.
 */
final class JpegScans {
  /** Encoders write ten, those that search for the best order about twenty. */
  static final int MOST = 64;

  private static final int MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int FIRST_RESTART = 0xd0;
  private static final int TEMPORARY = 0x01;

  private JpegScans() {}

  /**
   * Does nothing for other files.
   *
   * @throws BadImageException if there are more than {@link #MOST}
   */
  static void requireFew(Path file, byte[] bytes) throws BadImageException {
    int scans = count(bytes);
    if (scans > MOST) {
      throw new BadImageException(
          "%s: a JPEG of %d scans; at most %d are decoded".formatted(file, scans, MOST));
    }
  }

  /** Scans before the end of the first picture; 0 if the file is no JPEG. */
  static int count(byte[] bytes) {
    if (bytes.length < 2 || at(bytes, 0) != MARKER || at(bytes, 1) != START_OF_IMAGE) {
      return 0;
    }
    int scans = 0;
    int at = 2;
    while (at < bytes.length - 3) {
      int code = at(bytes, at) == MARKER ? at(bytes, at + 1) : 0;
      if (code == END_OF_IMAGE) {
        return scans;
      }
      if (hasLength(code)) {
        scans += code == START_OF_SCAN ? 1 : 0;
        at += 2 + Math.max(2, at(bytes, at + 2) << 8 | at(bytes, at + 3));
      } else {
        at++; // pixels of a scan, or bytes out of place, which the decoder passes over too
      }
    }
    return scans;
  }

  /** Not of markers that stand alone, nor of 0xff and 0 in the pixels of a scan. */
  private static boolean hasLength(int code) {
    return code > TEMPORARY && code < MARKER && (code < FIRST_RESTART || code > END_OF_IMAGE);
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }
}
