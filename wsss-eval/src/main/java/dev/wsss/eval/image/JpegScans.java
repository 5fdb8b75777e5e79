package dev.wsss.eval.image;

import dev.wsss.api.data.BadImageException;
import java.nio.file.Path;

/**
 * How often a JPEG goes over its pixels. A progressive one does so a few times, and each scan costs
 * the decoder time and memory for the whole picture, while it takes the file a dozen bytes: a few
 * hundred kilobytes could keep it busy for hours.
 *
 * @param count of scans
 * @param pixels of its largest frame header
 * @param end index behind it
 */
record JpegScans(int count, long pixels, int end) {
  /** Encoders write ten, those that search for the best order about twenty. */
  static final int MOST = 64;

  private static final int MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int FIRST_RESTART = 0xd0;
  private static final int TEMPORARY = 0x01;

  /** Whether a JPEG begins here. */
  static boolean isJpeg(byte[] bytes, int start) {
    return start < bytes.length - 1
        && at(bytes, start) == MARKER
        && at(bytes, start + 1) == START_OF_IMAGE;
  }

  /** Looks through the JPEG that begins here. */
  static JpegScans of(byte[] bytes, int start) {
    int scans = 0;
    long pixels = 0;
    int at = start + 2;
    while (at < bytes.length - 3) {
      int code = at(bytes, at) == MARKER ? at(bytes, at + 1) : 0;
      if (code == END_OF_IMAGE) {
        return new JpegScans(scans, pixels, at + 2);
      }
      if (hasLength(code)) {
        scans += code == START_OF_SCAN ? 1 : 0;
        pixels = isFrame(code) ? Math.max(pixels, framePixels(bytes, at)) : pixels;
        at += 2 + Math.max(2, number(bytes, at + 2));
      } else {
        at++; // pixels of a scan, or bytes out of place, which the decoder passes over too
      }
    }
    return new JpegScans(scans, pixels, bytes.length);
  }

  /**
   * Does nothing for a usual number.
   *
   * @throws BadImageException if there are more than {@link #MOST}
   */
  void requireFew(Path file) throws BadImageException {
    if (count > MOST) {
      throw new BadImageException(
          "%s: a JPEG of %d scans; at most %d are decoded".formatted(file, count, MOST));
    }
  }

  /** Not of markers that stand alone, nor of 0xff and 0 in the pixels of a scan. */
  private static boolean hasLength(int code) {
    return code > TEMPORARY && code < MARKER && (code < FIRST_RESTART || code > END_OF_IMAGE);
  }

  /** SOF0 to SOF15; the codes between them are tables. */
  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  private static long framePixels(byte[] bytes, int marker) {
    return marker + 8 < bytes.length
        ? (long) number(bytes, marker + 5) * number(bytes, marker + 7)
        : 0;
  }

  private static int number(byte[] bytes, int index) {
    return at(bytes, index) << 8 | at(bytes, index + 1);
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }
}
