package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MxnetFormatTest {
  private static final int V1 = 0xF993FAC8;
  private static final int V2 = 0xF993FAC9;
  private static final int V3 = 0xF993FACA;

  @TempDir Path folder;

  /** All four ways in which MXNet has written an array. */
  @Test
  void arraysOfEveryVersionAreRead() throws IOException {
    WeightsFile weights = WeightsFile.open(write(everyVersion()));

    assertThat(weights.format()).isEqualTo("MXNet");
    assertThat(weights.shapes())
        .hasToString("{conv_weight=(2, 1), bn_moving_var=(2), half=(1), scalar=(), count=(1)}");
    assertThat(weights.values("conv_weight")).containsExactly(1, -2);
    assertThat(weights.values("bn_moving_var")).containsExactly(3, 4);
    assertThat(weights.values("half")).containsExactly(1);
    assertThat(weights.values("scalar")).containsExactly(5);
    assertThat(weights.type("count")).isEqualTo("I64");
  }

  static ByteWriter everyVersion() {
    ByteWriter out = new ByteWriter().int64(0x112, 0, 6);
    out.int32(2).int32(2).int32(1).int32(1).int32(0).int32(0).float32(1, -2);
    out.int32(V1).int32(1).int64(2).int32(1).int32(0).int32(0).float32(3, 4);
    out.int32(V2).int32(0).int32(1).int64(1).int32(1).int32(0).int32(2).int16(0x3c00);
    out.int32(V3).int32(0).int32(0).int32(2).int32(0).int32(0).float32(5);
    out.int32(V2).int32(0).int32(0); // without values
    out.int32(V2).int32(0).int32(1).int64(1).int32(1).int32(0).int32(6).int64(9);
    out.int64(6);
    for (String name :
        new String[] {"arg:conv_weight", "aux:bn_moving_var", "half", "scalar", "none", "count"}) {
      out.int64(name.length()).ascii(name);
    }
    return out;
  }

  @Test
  void anArrayThatIsNotReadIsNumbered() throws IOException {
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(V2).int32(1),
        " cannot be read: array 1 is sparse; only dense arrays are read");
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(77),
        " cannot be read: array 1 would have 77 axes");
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(1).int32(1).int64(1).int32(13),
        " cannot be read: array 1 has the type 13; MXNet has 0 to 12");
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(V1).int32(1).int64(-1, 1).int32(0),
        " cannot be read: array 1 is not right: its shape has a size below 0");
  }

  @Test
  void noLengthIsBelieved() throws IOException {
    assertSays(
        new ByteWriter().int64(0x112, 0, Long.MAX_VALUE),
        " cannot be read as MXNet: it would have 9223372036854775807 arrays behind byte 24");
    assertSays(
        new ByteWriter().int64(0x112, 0, 0, 1),
        " cannot be read as MXNet: it would have 1 names behind byte 32");
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(1).int32(9).int64(1).int32(0).float32(1),
        " is cut off: it should have 80 bytes and has 48");
  }

  @Test
  void aListWithoutNamesIsRefused() throws IOException {
    assertSays(
        new ByteWriter().int64(0x112, 0, 1).int32(1).int32(1).int64(1).int32(0).float32(1).int64(0),
        " cannot be read: it has 1 arrays and 0 names; save a dictionary of names to arrays");
  }

  @Test
  void oneNameForAnArgumentAndAStatisticIsRefused() throws IOException {
    ByteWriter out = new ByteWriter().int64(0x112, 0, 2);
    for (int i = 0; i < 2; i++) {
      out.int32(1).int32(1).int64(1).int32(0).float32(1);
    }
    out.int64(2).int64(5).ascii("arg:w").int64(5).ascii("aux:w");

    assertSays(out, " cannot be read as MXNet: two tensors are called w");
  }

  private void assertSays(ByteWriter bytes, String message) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights " + file + message);
  }

  private Path write(ByteWriter bytes) throws IOException {
    return Files.write(folder.resolve("w.params"), bytes.done());
  }
}
