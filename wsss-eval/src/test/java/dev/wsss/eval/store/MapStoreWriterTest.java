package dev.wsss.eval.store;

import static dev.wsss.eval.store.SomeMaps.CLASSES;
import static dev.wsss.eval.store.SomeMaps.SETTINGS;
import static dev.wsss.eval.store.SomeMaps.bytes;
import static dev.wsss.eval.store.SomeMaps.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapStoreWriterTest {
  private static final List<String> IDS = List.of("a", "b", "sub/ç", "d");
  private static final StoreSettings SMALL = new StoreSettings(CLASSES, "model 1", 200);

  /** A shard a picture. */
  private static final StoreSettings SINGLE = new StoreSettings(CLASSES, "model 1", 1);

  @TempDir private Path temp;

  /** A piece that a writer appends to a file in one go. */
  private record Piece(String file, byte[] bytes) {}

  /** The third of the pictures cannot be read; the shards are so small that there are two. */
  private static void add(MapStoreWriter writer, String id) {
    if (id.equals("sub/ç")) {
      writer.leaveOut(id, "sub/ç.jpg: cut\noff");
    } else {
      writer.add(stored(id, 0, 2));
    }
  }

  private static void goOn(Path folder, StoreSettings settings) {
    try (MapStoreWriter writer = MapStoreWriter.open(folder, settings, IDS)) {
      writer.left().forEach(id -> add(writer, id));
      writer.finish();
    }
  }

  @Test
  void killedAnywhereItGoesOnToTheSameBytes() throws IOException {
    Path whole = temp.resolve("whole");
    goOn(whole, SMALL);
    Map<String, String> expected = bytes(whole);
    assertThat(expected).containsOnlyKeys("index.tsv", "shard-00000.bin", "shard-00001.bin");
    List<Piece> pieces = pieces(whole);
    int total = pieces.stream().mapToInt(piece -> piece.bytes().length).sum();

    for (int cut = 0; cut <= total; cut++) {
      Path folder = temp.resolve("cut-" + cut);
      int stored = replay(pieces, cut, folder);

      try (MapStoreWriter writer = MapStoreWriter.open(folder, SMALL, IDS)) {
        assertThat(writer.left()).as("cut %d", cut).isEqualTo(IDS.subList(stored, IDS.size()));
      }
      goOn(folder, SMALL);

      assertThat(bytes(folder)).as("cut %d", cut).isEqualTo(expected);
    }
  }

  /** Header; then of each picture its bytes and its line; then the end. */
  private static List<Piece> pieces(Path whole) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    String header = "";
    for (String line : Files.readString(whole.resolve("index.tsv")).split("(?<=\n)")) {
      if (pieces.isEmpty()) {
        header += line;
        if (line.startsWith("#check")) {
          pieces.add(new Piece("index.tsv", header.getBytes(StandardCharsets.UTF_8)));
        }
        continue;
      }
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t");
        String shard = "shard-0000" + fields[0] + ".bin";
        byte[] all = Files.readAllBytes(whole.resolve(shard));
        int from = Integer.parseInt(fields[1]);
        int to = from + Integer.parseInt(fields[2]);
        pieces.add(new Piece(shard, java.util.Arrays.copyOfRange(all, from, to)));
      }
      pieces.add(new Piece("index.tsv", line.getBytes(StandardCharsets.UTF_8)));
    }
    return pieces;
  }

  /** Writes the first bytes of all, and gives how many pictures are stored then. */
  private static int replay(List<Piece> pieces, int bytes, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("index.tsv"));
    int lines = -1;
    int left = bytes;
    for (Piece piece : pieces) {
      int length = Math.min(left, piece.bytes().length);
      left -= length;
      if (length > 0) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Path to = folder.resolve(piece.file());
        file.write(Files.exists(to) ? Files.readAllBytes(to) : new byte[0]);
        file.write(piece.bytes(), 0, length);
        Files.write(to, file.toByteArray());
      }
      if (length == piece.bytes().length && piece.file().equals("index.tsv")) {
        lines++;
      }
    }
    return Math.max(0, Math.min(lines, IDS.size()));
  }

  @Test
  void theOrderIsTheListsWhateverComesFirst() throws IOException {
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> "p" + i).toList();
    SomeMaps.store(temp.resolve("in order"), SETTINGS, ids);

    List<String> shuffled = new ArrayList<>(ids);
    java.util.Collections.shuffle(shuffled, new Random(2));
    try (MapStoreWriter writer = MapStoreWriter.open(temp.resolve("mixed"), SETTINGS, ids)) {
      shuffled.parallelStream().forEach(id -> writer.add(stored(id, 0, 1)));
      writer.finish();
    }

    assertThat(bytes(temp.resolve("mixed"))).isEqualTo(bytes(temp.resolve("in order")));
    assertThat(MapStore.open(temp.resolve("mixed")).ids()).isEqualTo(ids);
  }

  @Test
  void whatIsFinishedStaysAsItIs() throws IOException {
    Path folder = temp.resolve("maps");
    goOn(folder, SMALL);
    Map<String, String> before = bytes(folder);

    try (MapStoreWriter writer = MapStoreWriter.open(folder, SMALL, IDS)) {
      assertThat(writer.left()).isEmpty();
      writer.finish();
    }

    assertThat(bytes(folder)).isEqualTo(before);
  }

  @Test
  void aFullDiskIsOneErrorAndWhatWasStoredStays() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "needs /dev/full (Linux)");
    Path folder = temp.resolve("maps");
    try (MapStoreWriter writer = MapStoreWriter.open(folder, SINGLE, IDS)) {
      add(writer, "a");
      Files.createSymbolicLink(folder.resolve("shard-00001.bin"), full);

      assertThatThrownBy(() -> add(writer, "b"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("cannot write to " + folder + ": No space left on device");
      assertThatThrownBy(() -> add(writer, "sub/ç"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("cannot write to " + folder + ": No space left on device");
    }
    Files.delete(folder.resolve("shard-00001.bin"));

    try (MapStoreWriter writer = MapStoreWriter.open(folder, SINGLE, IDS)) {
      assertThat(writer.left()).isEqualTo(IDS.subList(1, IDS.size()));
    }
    goOn(folder, SINGLE);
    goOn(temp.resolve("whole"), SINGLE);
    assertThat(bytes(folder)).isEqualTo(bytes(temp.resolve("whole")));
  }

  @Test
  void otherSettingsAreRefused() {
    Path folder = temp.resolve("maps");
    goOn(folder, SMALL);

    refuses(
        folder,
        new StoreSettings(CLASSES, "model 2", 200),
        IDS,
        folder
            + " holds other maps: there '#of model 1', now '#of model 2'; choose another folder, or delete this one");
    refuses(
        folder,
        SETTINGS,
        IDS,
        folder
            + " holds other maps: there '#shard-bytes 200', now '#shard-bytes 67108864'; choose another folder, or delete this one");
    refuses(
        folder,
        SMALL,
        List.of("a", "x"),
        folder
            + " holds other pictures: number 2 is 'b' there, now 'x'; choose another folder, or delete this one");
    refuses(
        folder,
        SMALL,
        List.of("a"),
        folder
            + " holds other pictures: number 2 is 'b' there, now nothing; choose another folder, or delete this one");
    refuses(
        folder,
        SMALL,
        List.of("a", "b", "sub/ç", "d", "e"),
        folder
            + " is finished with 4 pictures, now there are 5; choose another folder, or delete this one");
  }

  @Test
  void aFolderOfOtherFilesIsRefused() throws IOException {
    Files.writeString(temp.resolve("notes.txt"), "mine");

    refuses(temp, SMALL, IDS, temp + " holds other files and no index.tsv; choose another folder");
  }

  @Test
  void aSecondWriterIsRefused() {
    Path folder = temp.resolve("maps");
    try (MapStoreWriter writer = MapStoreWriter.open(folder, SMALL, IDS)) {
      refuses(
          folder,
          SMALL,
          IDS,
          folder + " is being written to by another process; wait for it, or choose another");
      add(writer, "a");
    }
  }

  private static void refuses(
      Path folder, StoreSettings settings, List<String> ids, String message) {
    assertThatThrownBy(() -> MapStoreWriter.open(folder, settings, ids))
        .isInstanceOf(MapStoreException.class)
        .hasMessage(message);
  }

  @Test
  void picturesThatCannotBeStoredAreNamed() {
    Path folder = temp.resolve("maps");
    assertThatThrownBy(() -> MapStoreWriter.open(folder, SMALL, List.of("a", "a")))
        .hasMessage("picture 'a' is listed twice");
    assertThatThrownBy(() -> MapStoreWriter.open(folder, SMALL, List.of("a\tb")))
        .hasMessage(
            "the name of a picture has a control character (U+0009 after 'a'), which the index of a store cannot hold");
    try (MapStoreWriter writer = MapStoreWriter.open(folder, SMALL, IDS)) {
      assertThatThrownBy(() -> add(writer, "x"))
          .hasMessage("picture 'x' is none of the 4 that " + folder + " is for");
      StoredMaps two =
          new StoredMaps("a", MapGrid.over(1, 1, 1), new int[0], new byte[0], new float[2]);
      assertThatThrownBy(() -> writer.add(two))
          .hasMessage("picture 'a': 2 probabilities for 3 classes");
      add(writer, "a");
      assertThatThrownBy(() -> add(writer, "a")).hasMessage("picture 'a' comes a second time");
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(folder + ": 3 of 4 pictures are missing, the first of them 'b'");
    }
  }
}
