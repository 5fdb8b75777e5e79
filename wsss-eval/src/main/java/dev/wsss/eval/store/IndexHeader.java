package dev.wsss.eval.store;

import dev.wsss.api.data.ClassNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines before the first picture's: {@link StoreSettings}, and the names of the columns. */
final class IndexHeader {
  private static final String FORMAT = "#wsss-maps\t";
  private static final String OF = "#of\t";
  private static final String SHARD_BYTES = "#shard-bytes\t";
  private static final String CLASS = "#class\t";

  private IndexHeader() {}

  /** The lines, the last of which tells that the header is whole. */
  static List<String> lines(StoreSettings settings) {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT + IndexText.VERSION);
    lines.add(OF + settings.of());
    lines.add(SHARD_BYTES + settings.shardBytes());
    for (int index = 1; index <= settings.classes().count(); index++) {
      lines.add(CLASS + index + "\t" + settings.classes().ofMaskIndex(index));
    }
    lines.add(IndexLine.Stored.HEADER);
    lines.add("#check\t" + IndexText.hex(IndexText.crc(bytes(lines))));
    return lines;
  }

  static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Refuses what a program of another version wrote, whose other lines may mean something else.
   *
   * @param first line of the file
   */
  static void requireVersion(Path file, String first) {
    if (!first.startsWith(FORMAT)) {
      throw new MapStoreException(file + " is no index of a store of maps: it begins otherwise");
    }
    String version = first.substring(FORMAT.length());
    if (!version.equals(IndexText.VERSION)) {
      throw new MapStoreException(
          "%s: version '%s' of the format; this program reads version %s"
              .formatted(file, version, IndexText.VERSION));
    }
  }

  /**
   * Reads the lines.
   *
   * @throws IllegalArgumentException if they are not what {@link #lines} makes
   */
  static StoreSettings read(List<String> lines) {
    List<String> classes = new ArrayList<>();
    String of = "";
    long shardBytes = 0;
    for (String line : lines) {
      if (line.startsWith(OF)) {
        of = line.substring(OF.length());
      } else if (line.startsWith(SHARD_BYTES)) {
        shardBytes = Long.parseLong(line.substring(SHARD_BYTES.length()));
      } else if (line.startsWith(CLASS)) {
        classes.add(line.substring(line.indexOf('\t', CLASS.length()) + 1));
      }
    }
    StoreSettings settings = new StoreSettings(new ClassNames(classes), of, shardBytes);
    if (!lines(settings).equals(lines)) {
      throw new IllegalArgumentException("its header does not agree with the checksum");
    }
    return settings;
  }
}
