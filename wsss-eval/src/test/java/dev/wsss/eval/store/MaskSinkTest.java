package dev.wsss.eval.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.eval.image.MaskFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaskSinkTest {
  @TempDir private Path temp;

  @Test
  void masksAreTheSameWithTheDiskAndWithout() throws Exception {
    List<String> ids = List.of("a", "sub/b", "gone", "none");
    MapSink straight = new MaskSink(temp.resolve("straight"), id -> id + ".png", 0.4);
    try (MapStoreWriter writer =
        MapStoreWriter.open(temp.resolve("maps"), SomeMaps.SETTINGS, ids)) {
      for (MapSink sink : List.of(straight, writer)) {
        sink.add(SomeMaps.stored("a", 0, 1));
        sink.add(SomeMaps.stored("sub/b", 2));
        sink.leaveOut("gone", "no such file");
        sink.add(SomeMaps.stored("none"));
      }
      writer.finish();
    }

    MapStore.open(temp.resolve("maps"))
        .sendTo(new MaskSink(temp.resolve("stored"), id -> id + ".png", 0.4));

    for (String id : List.of("a", "sub/b", "none")) {
      assertThat(temp.resolve("stored/" + id + ".png"))
          .hasSameBinaryContentAs(temp.resolve("straight/" + id + ".png"));
    }
    assertThat(new MaskFile(temp.resolve("stored/a.png")).read().indices())
        .isEqualTo(SomeMaps.stored("a", 0, 1).mask(0.4).indices())
        .contains(1)
        .contains(2);
    assertThat(new MaskFile(temp.resolve("stored/none.png")).read().indices()).containsOnly(0);
    assertThat(temp.resolve("stored/gone.png")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(
            () -> new MaskSink(file, id -> id + ".png", 0.4).add(SomeMaps.stored("a", 0)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write to " + file + ": " + file + ": File exists");
  }
}
