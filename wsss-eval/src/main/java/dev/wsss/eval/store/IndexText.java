package dev.wsss.eval.store;

import java.util.zip.CRC32;

/** What the index's lines and fields are made of. */
final class IndexText {
  static final String FILE = "index.tsv";
  static final String VERSION = "2";

  private IndexText() {}

  /**
   * A field is what stands between tabs.
   *
   * @param what it is, for the message
   */
  static void require(String what, String text) {
    int at = 0;
    while (at < text.length() && !Character.isISOControl(text.charAt(at))) {
      at++;
    }
    if (at < text.length()) {
      throw new IllegalArgumentException(
          "%s has a control character (U+%04X after '%s'), which the index of a store cannot hold"
              .formatted(what, (int) text.charAt(at), text.substring(0, at)));
    }
  }

  /** A reason in one field. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    return line.toString();
  }

  static String hex(CRC32 checksum) {
    return hex((int) checksum.getValue());
  }

  static String hex(int checksum) {
    return String.format("%08x", checksum);
  }

  static int crc(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
