package dev.wsss.eval.store;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * Reads the maps of pictures from a folder that a {@link MapStoreWriter} has finished, in any order
 * and by several threads at once.
 *
 * <p>The index is in memory, and its checksums and the sizes of all shards are checked when it is
 * opened; the bytes of a picture are checked when it is read. Nothing is open between two calls. No
 * more memory is taken for a picture than the bytes in its shard can fill. docs/store.md has the
 * format, and reads it in Python.
 */
public final class MapStore {
  private final Path folder;
  private final StoreSettings settings;
  private final Map<String, IndexLine> lines;

  private MapStore(Path folder, StoreSettings settings, Map<String, IndexLine> lines) {
    this.folder = folder;
    this.settings = settings;
    this.lines = lines;
  }

  /**
   * Opens a store.
   *
   * @throws MapStoreException if it is not there, not finished, damaged, or of another version
   */
  public static MapStore open(Path folder) {
    Path index = folder.resolve(IndexText.FILE);
    if (!Files.exists(index)) {
      throw new MapStoreException(
          folder + " is no store of maps: there is no " + IndexText.FILE + " in it");
    }
    try (InputStream in = Files.newInputStream(index)) {
      IndexScan scan = IndexScan.of(index, in);
      StoreSettings settings = scan.settings();
      if (settings == null || !scan.finished()) {
        throw new MapStoreException(
            "%s is not finished, %d pictures are in it; the stage that writes it goes on where it stopped"
                .formatted(folder, scan.lines().size()));
      }
      Shards.require(folder, scan.lines().values());
      return new MapStore(folder, settings, scan.lines());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The foreground classes, in the order of the maps. */
  public ClassNames classes() {
    return settings.classes();
  }

  /** What the maps are of, as whoever wrote them said: {@link StoreSettings#of()}. */
  public String of() {
    return settings.of();
  }

  /** The pictures that have maps, in the order of their data set. */
  public List<String> ids() {
    return lines.values().stream()
        .filter(IndexLine.Stored.class::isInstance)
        .map(IndexLine::id)
        .toList();
  }

  /**
   * The maps of a picture.
   *
   * @throws MapStoreException if it has none, or its bytes are damaged
   */
  public StoredMaps maps(String id) {
    IndexLine line = lines.get(id);
    if (line == null) {
      throw new MapStoreException(
          "%s: no picture '%s' among %d%s"
              .formatted(folder, id, lines.size(), Spelling.suggestion(id, lines.keySet())));
    }
    if (line instanceof IndexLine.LeftOut leftOut) {
      throw new MapStoreException(
          "%s: picture '%s' has no maps: %s".formatted(folder, id, leftOut.reason()));
    }
    return read(folder, (IndexLine.Stored) line);
  }

  /** Why a picture has no maps; empty where it has, or is none of the store's. */
  public Optional<String> leftOut(String id) {
    return lines.get(id) instanceof IndexLine.LeftOut leftOut
        ? Optional.of(leftOut.reason())
        : Optional.empty();
  }

  /** Hands all pictures on, in the order of their data set: what streaming would have done. */
  public void sendTo(MapSink sink) {
    for (IndexLine line : lines.values()) {
      if (line instanceof IndexLine.LeftOut leftOut) {
        sink.leaveOut(leftOut.id(), leftOut.reason());
      } else {
        sink.add(maps(line.id()));
      }
    }
  }

  static StoredMaps read(Path folder, IndexLine.Stored line) {
    try {
      byte[] packed = Shards.read(folder, line);
      byte[] levels =
          MapCodec.unpack(packed, line.present().length, line.grid().rows(), line.grid().columns());
      return new StoredMaps(line.id(), line.grid(), line.present(), levels, line.probabilities());
    } catch (DataFormatException e) {
      throw Shards.damaged(folder, line, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static UncheckedIOException unreadable(Path folder, IOException e) {
    return new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
  }
}
