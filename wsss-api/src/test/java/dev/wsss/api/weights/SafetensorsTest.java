package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"input\":\"RGB\"},"
          + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
          + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";

  @TempDir Path folder;

  @Test
  void namesAndShapesAreRead() throws IOException {
    Path file = write(HEADER.length(), HEADER, 16);

    assertThat(WeightsFile.open(file).shapes())
        .hasToString("{w=(2, 1), n=()}")
        .containsEntry("n", new Shape());
  }

  @Test
  void aMissingFileIsSaidWithItsNeighbours() throws IOException {
    write(HEADER.length(), HEADER, 16);
    Path missing = folder.resolve("resnet.safetensors");

    assertSays(missing, "weights " + missing + ": no such file; in its folder are w.safetensors");
    assertSays(folder, "weights " + folder + ": a folder, no file; in it are w.safetensors");
  }

  @Test
  void anInterruptedThreadReadsNothingAndNoFileIsBlamed() throws IOException {
    Path file = write(HEADER.length(), HEADER, 16);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> WeightsFile.open(file))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped while weights were read");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aMissingFolderIsSaid() {
    Path missing = folder.resolve("nowhere/w.safetensors");

    assertSays(missing, "weights " + missing + ": no such file, nor its folder");
  }

  @Test
  void dataCutOffIsSaidInBytes() throws IOException {
    Path file = write(HEADER.length(), HEADER, 11);

    assertSays(
        file,
        "weights %s is cut off: it should have %d bytes and has %d"
            .formatted(file, 8 + HEADER.length() + 16, 8 + HEADER.length() + 11));
  }

  @Test
  void aHeaderCutOffIsSaidInBytes() throws IOException {
    Path file = write(1000, HEADER, 0);

    assertSays(
        file,
        "weights %s is cut off: it should have 1008 bytes and has %d"
            .formatted(file, 8 + HEADER.length()));
  }

  @Test
  void aHeaderLongerThanAnyFileIsNotBelieved() throws IOException {
    Path file = write(Long.MAX_VALUE, "{", 0);

    assertSays(
        file,
        "weights "
            + file
            + " cannot be read as safetensors: its header would have 9223372036854775807 bytes");
  }

  @Test
  void aHeaderThatDescribesNoTensorsIsNotSafetensors() throws IOException {
    Path broken = write(12, "{\"w\": nonsen", 0);

    assertSays(
        broken, "weights " + broken + " cannot be read as safetensors: its header is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'w':7|w: it is not an object",
        "'w':{'shape':[1],'data_offsets':[0,4]}|w: it has no dtype",
        "'w':{'dtype':'F32','data_offsets':[0,4]}|w: it has no shape",
        "'w':{'dtype':'F32','shape':[1]}|w: it has no data_offsets",
        "'w':{'dtype':4}|w: dtype is not a text",
        "'w':{'shape':7}|w: shape is not a list of whole numbers",
        "'w':{'shape':[1.5]}|w: shape is not a list of whole numbers",
        "'w':{'shape':['1']}|w: shape is not a list of whole numbers",
        "'w':{'shape':[9223372036854775808]}|w: shape is not a list of whole numbers",
        "'w':{'scale':1}|w: the format has no scale",
        "'w':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}|w: dtype is F33; the format has BOOL,"
            + " U8, I8, F8_E5M2, F8_E4M3, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64",
        "'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}|w: shape has a size below 0",
        "'w':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}"
            + "|w: shape is larger than any file",
        "'w':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}"
            + "|w: data_offsets are not two numbers, the second not below the first, from 0 on",
        "'w':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}"
            + "|w: data_offsets are not two numbers, the second not below the first, from 0 on",
        "'w':{'dtype':'F32','shape':[1],'data_offsets':[0]}"
            + "|w: data_offsets are not two numbers, the second not below the first, from 0 on",
        "'w':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}"
            + "|w: its shape takes 12 bytes and data_offsets give it 8",
        "'a\\nb':7|a?b: it is not an object",
      })
  void aTensorThatIsNotDescribedIsNamed(String entry, String reason) throws IOException {
    Path file = described(entry, 8);

    assertSays(
        file,
        "weights "
            + file
            + " cannot be read as safetensors: its header does not describe "
            + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'w':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'v':{'dtype':'U8','shape':[6],'data_offsets':[2,8]}"
            + "|its tensors w and v share bytes 2 to 4",
        "'w':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'v':{'dtype':'U8','shape':[2],'data_offsets':[6,8]}"
            + "|bytes 4 to 6 of its data belong to no tensor",
        "'w':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'w':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}"
            + "|two tensors are called w",
        "'w':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}"
            + "|it has 4 bytes behind its last tensor",
        "'__metadata__':{'a':[}|its header is not JSON",
        "'w':{'dtype':'U8','dtype':|its header is not JSON",
      })
  void tensorsThatDoNotFillTheDataAreRefused(String entries, String reason) throws IOException {
    Path file = described(entries, 8);

    assertSays(file, "weights " + file + " cannot be read as safetensors: " + reason);
  }

  @Test
  void aLengthNearTheLargestNumberIsNotBelieved() throws IOException {
    Path file =
        described(
            "'w':{'dtype':'U8','shape':[9223372036854775807],"
                + "'data_offsets':[0,9223372036854775807]}",
            8);

    assertSays(
        file,
        "weights %s is cut off: it should have 9223372036854775807 bytes and has %d"
            .formatted(file, Files.size(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 3, 0000803f 000000c0 00000034, 1 -2 1.1920929e-7",
    "F64, 2, 000000000000f83f 00000000000000c0, 1.5 -2",
    "BF16, 3, 803f 00c0 0040, 1 -2 2",
    "F16, 7, 003c 00c0 ff7b 0100 0180 ff03 0080,"
        + " 1 -2 65504 5.9604645e-8 -5.9604645e-8 6.097555e-5 -0.0"
  })
  void floatingTypesAreConverted(String type, int count, String bytes, String values)
      throws IOException {
    byte[] data = HexFormat.of().parseHex(bytes.replace(" ", ""));
    Path file = tensor(type, count, data);
    float[] expected = new float[count];
    for (int i = 0; i < count; i++) {
      expected[i] = Float.parseFloat(values.split(" ", -1)[i]);
    }

    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray read = WeightsFile.open(file).read(manager, "w");

      assertThat(read.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(read.getShape()).isEqualTo(new Shape(count));
      assertThat(read.toFloatArray()).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 003c007c, Infinity",
    "F16, 003c00fe, NaN",
    "BF16, 803fc07f, NaN",
    "F32, 0000803f000080ff, -Infinity",
    "F64, 000000000000f83f00000000000000c8, -2.6815615859885194E154"
  })
  void aTensorThatIsNotFiniteIsNamed(String type, String bytes, String found) throws IOException {
    byte[] data = HexFormat.of().parseHex(bytes);
    Path file = tensor(type, 2, data);
    WeightsFile weights = WeightsFile.open(file);
    String shown = type.equals("F64") ? "-Infinity" : found;

    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> weights.read(manager, "w"))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              "weights %s: tensor w holds %s (value 2 of 2); weights must be finite"
                  .formatted(file, shown));
    }
    assertThat(weights.values("w")[1]).isNotFinite();
  }

  @Test
  void typesThatAreNoNumbersOfAWeightAreRefusedWhenRead() throws IOException {
    Path file = write(HEADER.length(), HEADER, 16);
    WeightsFile weights = WeightsFile.open(file);

    assertThat(weights.values("w")).containsExactly(0, 0);
    assertThatThrownBy(() -> weights.values("n"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights %s: tensor n has the type I64; allowed: F16, BF16, F32, F64".formatted(file));
    assertThatThrownBy(() -> weights.values("m"))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights %s: no tensor m; did you mean 'n'?".formatted(file));
  }

  @Test
  void aFileThatBecameShorterIsSaid() throws IOException {
    Path file = write(HEADER.length(), HEADER, 16);
    WeightsFile weights = WeightsFile.open(file);
    write(HEADER.length(), HEADER, 4);

    assertThatThrownBy(() -> weights.values("w"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights %s is cut off: it should have %d bytes and has %d"
                .formatted(file, 8 + HEADER.length() + 8, 8 + HEADER.length() + 4));
  }

  private Path tensor(String type, int count, byte[] data) throws IOException {
    String entry =
        "'w':{'dtype':'%s','shape':[%d],'data_offsets':[0,%d]}".formatted(type, count, data.length);
    Path file = described(entry, 0);
    Files.write(file, data, StandardOpenOption.APPEND);
    return file;
  }

  private Path described(String entries, int dataBytes) throws IOException {
    String header = "{" + entries.replace('\'', '"') + "}";
    return write(header.length(), header, dataBytes);
  }

  private static void assertSays(Path file, String message) {
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(message);
  }

  private Path write(long headerLength, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerLength).put(json);
    return Files.write(folder.resolve("w.safetensors"), bytes.array());
  }
}
