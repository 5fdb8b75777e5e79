package dev.wsss.eval.store;

import static dev.wsss.eval.store.SomeMaps.SETTINGS;
import static dev.wsss.eval.store.SomeMaps.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.refine.ClassScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapStoreTest {
  private static final String CURE = "delete the folder, and the stage that writes it starts again";

  @TempDir private Path temp;
  private Path folder;
  private Path index;

  @BeforeEach
  void storePictures() {
    folder = temp.resolve("maps");
    index = folder.resolve("index.tsv");
    try (MapStoreWriter writer =
        MapStoreWriter.open(
            folder,
            new StoreSettings(SomeMaps.CLASSES, "model 1", 1),
            List.of("one", "two", "gone", "none"))) {
      writer.add(stored("one", 0, 2));
      writer.add(stored("two", 1));
      writer.leaveOut("gone", "gone.jpg: no such file");
      writer.add(stored("none"));
      writer.finish();
    }
  }

  @Test
  void picturesComeBackInAnyOrder() throws IOException {
    MapStore store = MapStore.open(folder);

    assertThat(store.classes()).isEqualTo(SomeMaps.CLASSES);
    assertThat(store.of()).isEqualTo("model 1");
    assertThat(store.ids()).containsExactly("one", "two", "none");
    assertThat(store.maps("none")).usingRecursiveComparison().isEqualTo(stored("none"));
    assertThat(store.maps("two")).usingRecursiveComparison().isEqualTo(stored("two", 1));
    assertThat(store.maps("one")).usingRecursiveComparison().isEqualTo(stored("one", 0, 2));
    assertThat(store.maps("one").maps().probabilities()).containsExactly(0.025f, 1, 1e-10f);
    assertThat(line("one")).contains("\tone\t0.025;1.0;1.0E-10\t");
  }

  @Test
  void aRefinersScoresHaveNoProbabilities() throws IOException {
    Path refined = temp.resolve("refined");
    ClassScores scores = new ClassScores(1, 1, new int[] {2}, new float[] {0.25f, 0.75f});
    try (MapStoreWriter writer = MapStoreWriter.open(refined, SETTINGS, List.of("one"))) {
      writer.add(StoredMaps.of("one", scores));
      writer.finish();
    }

    assertThat(MapStore.open(refined).maps("one").probabilities()).isEmpty();
    assertThat(Files.readString(refined.resolve("index.tsv"))).contains("\t0;3\tone\t\t");
  }

  @Test
  void manyThreadsReadAtOnce() {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> "p" + i).toList();
    SomeMaps.store(temp.resolve("many"), SETTINGS, ids);
    MapStore store = MapStore.open(temp.resolve("many"));

    IntStream.range(0, 1000)
        .parallel()
        .mapToObj(i -> ids.get(i * 7 % ids.size()))
        .forEach(id -> assertThat(store.maps(id).levels()).isEqualTo(stored(id, 0, 1).levels()));
  }

  @Test
  void aPictureThatIsNotThereIsNamed() {
    MapStore store = MapStore.open(folder);

    refuses(() -> store.maps("tow"), folder + ": no picture 'tow' among 4; did you mean 'two'?");
    refuses(
        () -> store.maps("gone"), folder + ": picture 'gone' has no maps: gone.jpg: no such file");
  }

  @Test
  void aFlippedBitInAShardIsFoundWhereItIs() throws IOException {
    Path shard = folder.resolve("shard-00000.bin");
    byte[] whole = Files.readAllBytes(shard);
    CRC32 before = new CRC32();
    before.update(whole);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      CRC32 after = new CRC32();
      after.update(damaged);
      Files.write(shard, damaged);

      MapStore store = MapStore.open(folder);

      refuses(
          () -> store.maps("one"),
          "%s: damaged where picture 'one' lies, bytes 0 to %d (checksum %08x, expected %08x); %s"
              .formatted(shard, whole.length, after.getValue(), before.getValue(), CURE));
      assertThat(store.maps("two").levels()).isEqualTo(stored("two", 1).levels());
    }
  }

  @Test
  void aMissingOrShortShardIsNamedBeforeAnythingIsRead() throws IOException {
    Path shard = folder.resolve("shard-00001.bin");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, java.util.Arrays.copyOf(whole, 10));
    int end = whole.length;
    refuses(
        () -> MapStore.open(folder),
        "%s has 10 bytes, but picture 'two' lies in bytes 0 to %d; %s".formatted(shard, end, CURE));

    Files.delete(shard);
    refuses(() -> MapStore.open(folder), shard + " is missing; picture 'two' lies in it; " + CURE);
  }

  private String line(String id) throws IOException {
    return Files.readAllLines(index).stream()
        .filter(line -> line.contains("\t" + id + "\t"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noChangedByteOfTheIndexIsReadOver() throws IOException {
    byte[] whole = Files.readAllBytes(index);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(index, damaged);

      assertThatThrownBy(() -> MapStore.open(folder))
          .as("byte %d", at)
          .isInstanceOf(MapStoreException.class);
    }
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    String whole = Files.readString(index);
    Files.writeString(index, whole.replace("\ttwo\t", "\ttoo\t"));
    refuses(() -> MapStore.open(folder), index + ":10: damaged (its checksum says so); " + CURE);

    Files.writeString(index, whole.replace("#class\t2\tdog", "#class\t2\tfog"));
    refuses(
        () -> MapStore.open(folder),
        index + ":8: damaged (its header does not agree with the checksum); " + CURE);
  }

  @Test
  void whatIsNotFinishedIsNotRead() throws IOException {
    byte[] whole = Files.readAllBytes(index);
    Files.write(index, java.util.Arrays.copyOf(whole, whole.length - 1));
    refuses(
        () -> MapStore.open(folder),
        folder
            + " is not finished, 4 pictures are in it; the stage that writes it goes on where it stopped");
  }

  @Test
  void aFolderWithoutAnIndexIsNoStore() {
    refuses(
        () -> MapStore.open(temp.resolve("nowhere")),
        temp.resolve("nowhere") + " is no store of maps: there is no index.tsv in it");
  }

  @Test
  void anotherVersionIsNotGuessedAt() throws IOException {
    String whole = Files.readString(index);
    Files.writeString(index, whole.replace("#wsss-maps\t2\n", "#wsss-maps\t1\n"));
    refuses(
        () -> MapStore.open(folder),
        index + ": version '1' of the format; this program reads version 2");
  }

  /** Who can write a file can write its checksums; then its numbers still have to be possible. */
  @Test
  void aForgedIndexTakesNoMemory() throws IOException {
    String line = line("one");
    int bytes = Integer.parseInt(line.split("\t")[2]);
    forge(
        line,
        line.replace("\t13\t9\t13\t9\t7\t5\t", "\t65000\t65000\t65000\t65000\t30000\t30000\t"));
    refuses(
        () -> MapStore.open(folder),
        "%s:9: damaged (%d bytes cannot hold 2 maps of 30000×30000); %s"
            .formatted(index, bytes, CURE));

    forge(line, line.replaceFirst("0\t0\t", "0\t99\t"));
    refuses(
        () -> MapStore.open(folder),
        index + ":9: damaged (picture 'one' lies where none can: shard 0, byte 99); " + CURE);

    forge(line, line.replace("\t1;3\t", "\t3;1\t"));
    refuses(
        () -> MapStore.open(folder),
        index + ":9: damaged (values 3;1; allowed are 0 to 3, ascending); " + CURE);

    forge(line, line.replace("\t0.025;1.0;1.0E-10\t", "\t0.025;1.0\t"));
    refuses(
        () -> MapStore.open(folder),
        index + ":9: damaged (2 probabilities for 3 classes); " + CURE);

    for (String bad : List.of("1.5", "-0.1", "NaN")) {
      forge(line, line.replace("\t0.025;1.0;", "\t0.025;" + bad + ";"));
      refuses(
          () -> MapStore.open(folder),
          "%s:9: damaged (probability %s; allowed are 0…1); %s".formatted(index, bad, CURE));
    }

    forge(line, line.replace("\t13\t9\t13\t9\t7\t5\t", "\t13\t9\t13\t9\t7\t6\t"));
    MapStore store = MapStore.open(folder);
    refuses(
        () -> store.maps("one"),
        "%s: damaged where picture 'one' lies, bytes 0 to %d (holds another number of levels); %s"
            .formatted(folder.resolve("shard-00000.bin"), bytes, CURE));
  }

  /** Changes a line, and then the checksums so that they agree. */
  private void forge(String line, String by) throws IOException {
    assertThat(by).isNotEqualTo(line);
    storeAgain();
    CRC32 checksum = new CRC32();
    StringBuilder forged = new StringBuilder();
    boolean inHeader = true;
    for (String each : Files.readAllLines(index)) {
      String text = each.equals(line) ? by : each;
      String kept = inHeader ? text : text.substring(0, text.lastIndexOf('\t') + 1);
      checksum.update(kept.getBytes(StandardCharsets.UTF_8));
      String end = inHeader ? "\n" : String.format("%08x%n", checksum.getValue());
      checksum.update(end.getBytes(StandardCharsets.UTF_8));
      forged.append(kept).append(end);
      inHeader = inHeader && !text.startsWith("#check");
    }
    Files.writeString(index, forged);
  }

  private void storeAgain() throws IOException {
    for (String name : SomeMaps.bytes(folder).keySet()) {
      Files.delete(folder.resolve(name));
    }
    storePictures();
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(MapStoreException.class).hasMessage(message);
  }
}
