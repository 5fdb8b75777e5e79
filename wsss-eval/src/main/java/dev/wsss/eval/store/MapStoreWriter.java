package dev.wsss.eval.store;

import dev.wsss.eval.report.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the maps of pictures in a folder, in the order of their data set, whatever the order in
 * which threads bring them.
 *
 * <p>A picture is stored once its line in the index is written, after its bytes. A process may be
 * killed at any moment: opened again with the same settings and pictures, the writer cuts off what
 * was half written and goes on with {@link #left()}; the files get the same bytes as without the
 * kill. A picture that comes before its turn is held in memory, packed, and lost by a kill; so
 * threads should take the pictures in their order. Where writing fails, as on a full disk, nothing
 * more is written; opened again, it goes on.
 *
 * <p>Used by several threads at once. One writer at a time has a folder.
 */
public final class MapStoreWriter implements MapSink, AutoCloseable {
  private final Path folder;
  private final List<String> ids;
  private final Map<String, Integer> positions;
  private final Map<Integer, Packed> early = new HashMap<>();
  private final StoreFiles files;
  private final int classes;
  private int next;

  private MapStoreWriter(
      Path folder,
      List<String> ids,
      Map<String, Integer> positions,
      StoreFiles files,
      int classes) {
    this.folder = folder;
    this.ids = ids;
    this.positions = positions;
    this.files = files;
    this.classes = classes;
    this.next = files.stored().size();
  }

  /** A picture on its way: its bytes, or why there are none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Packed(StoredMaps maps, byte[] bytes, String reason) {}

  /**
   * Opens a folder for pictures, or goes on in it.
   *
   * @param folder made where it is missing
   * @param ids of all pictures, in the order in which they are to be stored
   * @throws MapStoreException if the folder holds something else, is damaged, or is being written
   *     to
   * @throws UncheckedIOException if it cannot be written to
   * @throws IllegalArgumentException if an id is there twice or has a control character
   */
  public static MapStoreWriter open(Path folder, StoreSettings settings, List<String> ids) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (String id : ids) {
      IndexText.require("the name of a picture", id);
      if (positions.put(id, positions.size()) != null) {
        throw new IllegalArgumentException("picture '" + id + "' is listed twice");
      }
    }
    try {
      StoreFiles files = StoreFiles.open(folder, settings, List.copyOf(ids));
      return new MapStoreWriter(
          folder, List.copyOf(ids), positions, files, settings.classes().count());
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** The pictures that are not stored yet, in their order. */
  public synchronized List<String> left() {
    return ids.subList(next, ids.size());
  }

  @Override
  public void add(StoredMaps maps) {
    int count = maps.probabilities().length;
    if (count > 0 && count != classes) {
      throw new IllegalArgumentException(
          "picture '%s': %d probabilities for %d classes".formatted(maps.id(), count, classes));
    }
    byte[] bytes = MapCodec.pack(maps.levels(), maps.grid().rows(), maps.grid().columns());
    write(maps.id(), new Packed(maps, bytes, ""));
  }

  @Override
  public void leaveOut(String id, String reason) {
    StoredMaps none =
        new StoredMaps(id, MapGrid.over(1, 1, 1), new int[0], new byte[0], new float[0]);
    write(id, new Packed(none, new byte[0], IndexText.oneLine(reason)));
  }

  private synchronized void write(String id, Packed packed) {
    Integer position = positions.get(id);
    if (position == null) {
      throw new IllegalArgumentException(
          "picture '%s' is none of the %d that %s is for".formatted(id, ids.size(), folder));
    }
    if (position < next || early.put(position, packed) != null) {
      throw new IllegalArgumentException("picture '" + id + "' comes a second time");
    }
    try {
      files.requireGood();
      for (Packed due = early.remove(next); due != null; due = early.remove(next)) {
        if (due.bytes().length > 0) {
          files.add(due.maps(), due.bytes());
        } else {
          files.leaveOut(due.maps().id(), due.reason());
        }
        next++;
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Says that all pictures are stored; only then can they be read. Does nothing the second time.
   *
   * @throws IllegalStateException if one is not
   */
  public synchronized void finish() {
    if (next < ids.size()) {
      throw new IllegalStateException(
          "%s: %d of %d pictures are missing, the first of them '%s'"
              .formatted(folder, ids.size() - next, ids.size(), ids.get(next)));
    }
    try {
      files.finish();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static UncheckedIOException unwritable(Path folder, IOException e) {
    return new UncheckedIOException("cannot write to " + folder + ": " + IoReason.of(e), e);
  }
}
