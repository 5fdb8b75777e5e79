package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFormatTest {
  private static final String HEADER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

  @TempDir Path folder;

  @Test
  void arraysAreReadInRowsAndInColumns() throws IOException {
    byte[] rows = array(HEADER, 24);
    byte[] columns = array(HEADER.replace("False", "True"), 24);
    Path file =
        Archives.stored(
            folder.resolve("w.npz"), new TreeMap<>(Map.of("a.npy", rows, "b.npy", columns)));

    WeightsFile weights = WeightsFile.open(file);

    assertThat(weights.format()).isEqualTo("npz");
    assertThat(weights.shapes()).hasToString("{a=(2, 3), b=(2, 3)}");
    assertThat(weights.values("a")).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(weights.values("b")).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {">f4", "|O", "<c8", "<U5"})
  void otherTypesAreNamed(String type) throws IOException {
    assertSays(
        HEADER.replace("<f4", type),
        "its type is "
            + type
            + "; allowed: <f2, <f4, <f8, <i2, <i4, <i8, <u2, <u4, <u8, |b1, |i1, |u1");
  }

  @Test
  void noSizeIsBelieved() throws IOException {
    assertSays(
        HEADER.replace("(2, 3)", "(2, 4)"), "its shape takes 8 values and its storage has 6");
    assertSays(
        HEADER.replace("(2, 3)", "(999999999999999999, 99)"), "its shape is larger than any file");
    assertSays(
        HEADER.replace("(2, 3)", "(-2, 3)"),
        "its header does not describe an array of numbers: {'descr': '<f4', 'fortran_order': False,"
            + " 'shape': (-2, 3), }");
  }

  @Test
  void aCompressedArchiveIsRefused() throws IOException {
    Path file = Archives.compressed(folder.resolve("w.npz"), Map.of("a.npy", array(HEADER, 24)));

    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights "
                + file
                + " cannot be read: its entry a.npy is compressed; numpy.savez writes arrays as they"
                + " are");
  }

  @Test
  void oneArrayAloneHasNoName() throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), array(HEADER, 24));

    assertThatThrownBy(() -> WeightsFile.open(file))
        .hasMessageStartingWith(
            "weights "
                + file
                + " is of no known format: it is one array of numpy without a name; write"
                + " numpy.savez(FILE, name=array); read are");
  }

  private void assertSays(String header, String reason) throws IOException {
    Path file = Archives.stored(folder.resolve("w.npz"), Map.of("a.npy", array(header, 24)));
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights " + file + " cannot be read as npz: tensor a is not right: " + reason);
  }

  static byte[] array(String header, int bytes) {
    ByteWriter out = new ByteWriter().bytes(0x93).ascii("NUMPY").bytes(1, 0);
    out.int16(header.length()).ascii(header);
    for (int i = 0; i < bytes / Float.BYTES; i++) {
      out.float32(i);
    }
    return out.done();
  }
}
