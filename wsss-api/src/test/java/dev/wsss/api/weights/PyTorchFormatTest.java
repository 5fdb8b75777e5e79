package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyTorchFormatTest {
  private static final String ONLY_PLAIN_VALUES =
      ", which is never built. Only tensors, texts, numbers, lists and dictionaries are read. In"
          + " Python, save the network's state alone: torch.save(model.state_dict(), FILE)";

  @TempDir Path folder;

  /** Six numbers 0 to 5 in one storage, seen in three ways. */
  @Test
  void viewsOfAStorageTakeItsValuesByOffsetAndStride() throws IOException {
    Path file =
        save(
            new PickleWriter()
                .ordered()
                .op('(')
                .tensor("rows", "FloatStorage", "0", 6, 0, longs(2, 3), longs(3, 1))
                .tensor("columns", "FloatStorage", "0", 6, 0, longs(3, 2), longs(1, 3))
                .tensor("last", "FloatStorage", "0", 6, 5, longs(), longs())
                .op('u'),
            new ByteWriter().float32(0, 1, 2, 3, 4, 5).done());

    WeightsFile weights = WeightsFile.open(file);

    assertThat(weights.format()).isEqualTo("PyTorch");
    assertThat(weights.shapes()).hasToString("{rows=(2, 3), columns=(3, 2), last=()}");
    assertThat(weights.values("rows")).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(weights.values("columns")).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(weights.values("last")).containsExactly(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4|0|2,2|2,1||",
        "4|0|0,9|9,1||",
        "4|0|5|1|its shape takes 5 values and its storage has 4",
        "4|0|4|2|it reaches beyond its storage of 4 values",
        "4|1|2,2|2,1|it reaches beyond its storage of 4 values",
        "4|-1|2|1|it reaches beyond its storage of 4 values",
        "4|0|2,2|2147483647,1|it reaches beyond its storage of 4 values",
        "4|3|2|-1|it has a stride below 0",
        "4|0|-2|1|its shape has a size below 0",
        "4|0|2,2|1|it has 2 sizes and 1 strides",
        "4|0|2147483647,2147483647,2|0,0,0|its shape is larger than any file",
        "4|0|100|0|its shape takes 100 values and its storage has 4",
        "5|0|2|1|a/data/0 has 16 bytes, too few for 5 values of F32",
      })
  void aViewMustLieWithinItsStorage(
      long count, long offset, String sizes, String strides, String reason) throws IOException {
    Path file =
        save(
            new PickleWriter()
                .op('}')
                .tensor("w", "FloatStorage", "0", count, offset, split(sizes), split(strides))
                .op('s'),
            new byte[16]);

    if (reason == null) {
      assertThat(WeightsFile.open(file).shapes()).containsOnlyKeys("w");
    } else {
      assertSays(file, " cannot be read as PyTorch: tensor w is not right: " + reason);
    }
  }

  @Test
  void aMissingStorageIsNamed() throws IOException {
    Path file =
        save(
            new PickleWriter()
                .op('}')
                .tensor("w", "FloatStorage", "7", 4, 0, longs(4), longs(1))
                .op('s'),
            new byte[16]);

    assertSays(
        file,
        " cannot be read as PyTorch: tensor w is not right: its values, a/data/7, are missing");
  }

  /** {@code os.system('…')}, and the same by other opcodes. */
  @Test
  void nothingButTensorsAndPlainValuesIsEverBuilt() throws IOException {
    assertRefused(
        new PickleWriter().global("posix", "system").text("rm -rf /").op(0x85, 'R'),
        "it names posix.system" + ONLY_PLAIN_VALUES);
    assertRefused(
        new PickleWriter().text("builtins").text("eval").op(0x93),
        "it names builtins.eval" + ONLY_PLAIN_VALUES);
    assertRefused(
        new PickleWriter().text("torch").text("load").op(0x93),
        "it names torch.load" + ONLY_PLAIN_VALUES);
    assertRefused(
        new PickleWriter().op('(').text("a").op('i'),
        "it has the opcode 0x69 at byte 9, which torch.save does not write");
    assertRefused(new PickleWriter().text("a").op(')', 'R'), "it calls what is no function");
    assertRefused(
        new PickleWriter().global("torch", "FloatStorage").op(')', 'R'),
        "it calls what is no function");
    assertRefused(
        new PickleWriter().global("torch", "Size").op('}', 'b'),
        "it sets attributes of what is no dictionary");
  }

  @Test
  void aPickleThatIsDamagedIsRefused() throws IOException {
    assertRefused(
        new PickleWriter().op('X', 0xff, 0xff, 0xff, 0xff), "it ends in the middle of a value");
    assertRefused(
        new PickleWriter().op(0x8d, 0, 0, 0, 0, 0, 0, 0, 0x80), "it ends in the middle of a value");
    assertRefused(new PickleWriter().op('t'), "it has no mark where one is needed");
    assertRefused(new PickleWriter().op('(', 'a'), "it takes a value from an empty stack");
    assertRefused(
        new PickleWriter().op('j', 1, 0, 0, 0), "it recalls value 1, which it never stored");
    assertRefused(new PickleWriter().op(0x80, 5), "it has protocol 5 of pickle; read are 2 to 4");
    assertRefused(
        new PickleWriter().op('}', 'N', 'N', 's'),
        "a key of a dictionary in it is neither a text nor a number");
    assertRefused(
        new PickleWriter().op('}', 'N', 'Q'), "it refers to what is no storage of PyTorch");
  }

  /** A list that holds itself, as the value of a key. */
  @Test
  void aValueThatContainsItselfDoesNoHarm() throws IOException {
    Path file =
        save(
            new PickleWriter()
                .op('}')
                .text("loop")
                .op(']', 'q', 0, 'h', 0, 'a', 's')
                .tensor("w", "FloatStorage", "0", 4, 0, longs(4), longs(1))
                .op('s'),
            new byte[16]);

    assertThat(WeightsFile.open(file).shapes()).containsOnlyKeys("w");
  }

  @Test
  void whatHoldsNoTensorsIsSaidWithItsKeys() throws IOException {
    assertSays(
        save(new PickleWriter().op('}').text("epoch").number(3).op('s'), new byte[0]),
        " cannot be read as PyTorch: what was saved holds no tensors by name; its keys are epoch;"
            + " allowed: names of tensors, or state_dict or model with them");
    assertSays(
        save(new PickleWriter().op(']'), new byte[0]),
        " cannot be read as PyTorch: what was saved is no dictionary of names to tensors; save"
            + " model.state_dict()");
  }

  @Test
  void aCompressedOrDamagedArchiveIsSaid() throws IOException {
    Path compressed =
        Archives.compressed(
            folder.resolve("c.pth"), Map.of("a/data.pkl", new PickleWriter().op('}').done()));
    assertSays(
        compressed,
        " cannot be read: its entry a/data.pkl is compressed; torch.save compresses none");

    Path other = Archives.stored(folder.resolve("other.pth"), Map.of("readme", new byte[] {1}));
    assertThatThrownBy(() -> WeightsFile.open(other))
        .hasMessage(
            "weights "
                + other
                + " is of no known format: it is an archive, but neither of PyTorch nor of numpy;"
                + " read are safetensors, an index of files in JSON, PyTorch's .pth, MXNet's .params"
                + " and numpy's .npz");
  }

  @Test
  void bigEndianValuesAreRefused() throws IOException {
    Path file = folder.resolve("big.pth");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", new PickleWriter().op('}').done());
    entries.put("a/byteorder", "big".getBytes(StandardCharsets.US_ASCII));

    assertSays(
        Archives.stored(file, entries),
        " has big-endian values; in Python, load and save it on a little-endian machine");
  }

  private void assertRefused(PickleWriter pickle, String reason) throws IOException {
    assertSays(save(pickle, new byte[0]), " cannot be read: data.pkl in it is refused: " + reason);
  }

  private static void assertSays(Path file, String message) {
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights " + file + message);
  }

  private Path save(PickleWriter pickle, byte[] storage) throws IOException {
    return save(folder.resolve("w.pth"), pickle, storage);
  }

  static Path save(Path file, PickleWriter pickle, byte[] storage) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle.done());
    entries.put("a/data/0", storage);
    entries.put("a/version", new byte[] {'3', '\n'});
    return Archives.stored(file, entries);
  }

  private static long[] longs(long... values) {
    return values;
  }

  private static long[] split(String text) {
    String[] parts = text.split(",");
    long[] values = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Long.parseLong(parts[i]);
    }
    return values;
  }
}
