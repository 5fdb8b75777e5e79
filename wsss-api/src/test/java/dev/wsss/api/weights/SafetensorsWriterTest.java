package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path folder;

  @Test
  void namesTypesShapesAndValuesStay() throws IOException {
    WeightsFile weights = WeightsFile.open(WeightsFixturesTest.path("state.pth"));
    Path target = folder.resolve("w.safetensors");

    SafetensorsWriter.write(weights, target);

    WeightsFile written = WeightsFile.open(target);
    assertThat(written.format()).isEqualTo("safetensors");
    assertThat(written.shapes()).hasToString(weights.shapes().toString());
    for (String name : weights.shapes().keySet()) {
      assertThat(written.type(name)).as(name).isEqualTo(weights.type(name));
      if (!name.equals("num_batches_tracked")) {
        assertThat(written.values(name)).as(name).isEqualTo(weights.values(name));
      }
    }
  }

  /** As readers of the format want it. */
  @Test
  void valuesBeginAtAMultipleOfEightBytes() throws IOException {
    Path target = folder.resolve("w.safetensors");

    SafetensorsWriter.write(WeightsFile.open(WeightsFixturesTest.path("parameters.pth")), target);

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(target)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong() % 8).isZero();
    assertThat((char) bytes.get()).isEqualTo('{');
  }

  /** More values than are read at a time, in rows and in columns. */
  @Test
  void largeTensorsAreReadInParts() throws IOException {
    int side = 300;
    ByteWriter values = new ByteWriter();
    for (int i = 0; i < side * side; i++) {
      values.float32(i);
    }
    Path file =
        PyTorchFormatTest.save(
            folder.resolve("w.pth"),
            new PickleWriter()
                .op('}', '(')
                .tensor("rows", "FloatStorage", "0", side * side, 0, square(side), square(side, 1))
                .tensor(
                    "columns", "FloatStorage", "0", side * side, 0, square(side), square(1, side))
                .op('u'),
            values.done());
    Path target = folder.resolve("w.safetensors");

    SafetensorsWriter.write(WeightsFile.open(file), target);

    float[] rows = WeightsFile.open(target).values("rows");
    float[] columns = WeightsFile.open(target).values("columns");
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        assertThat(rows[y * side + x]).isEqualTo(y * side + x);
        assertThat(columns[y * side + x]).isEqualTo(x * side + y);
      }
    }
  }

  @Test
  void valuesThatAreNamedManyTimesDoNotFillTheDisk() throws IOException {
    PickleWriter pickle = new PickleWriter().op('}', '(');
    for (int i = 0; i < 20; i++) {
      pickle.tensor("w" + i, "FloatStorage", "0", 10_000, 0, new long[] {10_000}, new long[] {1});
    }
    Path file = PyTorchFormatTest.save(folder.resolve("w.pth"), pickle.op('u'), new byte[40_000]);
    Path target = folder.resolve("w.safetensors");

    assertThatThrownBy(() -> SafetensorsWriter.write(WeightsFile.open(file), target))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights %s: its tensors would take 800000 bytes, and it has %d: it names some values"
                    .formatted(file, Files.size(file))
                + " many times");
    assertThat(target).doesNotExist();
  }

  private static long[] square(int side) {
    return new long[] {side, side};
  }

  private static long[] square(int firstStride, int secondStride) {
    return new long[] {firstStride, secondStride};
  }
}
