package dev.wsss.backbones.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"input\":\"RGB\"},"
          + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
          + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";

  @TempDir Path folder;

  @Test
  void namesAndShapesAreRead() throws IOException {
    Path file = write(HEADER.length(), HEADER, 16);

    assertThat(SafetensorsFile.open(file).shapes())
        .hasToString("{w=(2, 1), n=()}")
        .containsEntry("n", new Shape());
  }

  @Test
  void aMissingFileIsSaidWithItsNeighbours() throws IOException {
    write(HEADER.length(), HEADER, 16);
    Path missing = folder.resolve("resnet.safetensors");

    assertSays(missing, "weights " + missing + ": no such file; in its folder are w.safetensors");
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
  void aPyTorchArchiveIsRecognised() throws IOException {
    Path file = Files.writeString(folder.resolve("w.pth"), "PK\3\4 and so on");

    assertSays(
        file,
        "weights "
            + file
            + " is not a safetensors file: it is an archive, such as PyTorch's .pth; save its"
            + " state_dict as safetensors");
  }

  @Test
  void otherFilesAreNotSafetensors() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "once upon a time");
    Path empty = Files.createFile(folder.resolve("empty"));
    Path long_ = write(Long.MAX_VALUE, "{", 0);

    assertSays(
        text, "weights " + text + " is not a safetensors file: it does not begin with a header");
    assertSays(
        empty, "weights " + empty + " is not a safetensors file: it does not begin with a header");
    assertSays(
        long_,
        "weights "
            + long_
            + " is not a safetensors file: its header would have 9223372036854775807 bytes");
  }

  @Test
  void aHeaderThatDescribesNoTensorsIsNotSafetensors() throws IOException {
    Path broken = write(12, "{\"w\": nonsen", 0);

    assertSays(broken, "weights " + broken + " is not a safetensors file: its header is not JSON");

    Path other = write(10, "{\"w\":[1,2]}".substring(0, 10) + "}", 0);
    assertSays(other, "weights " + other + " is not a safetensors file: its header is not JSON");

    String strange = "{\"w\":{\"shape\":7}}";
    Path shapeless = write(strange.length(), strange, 0);
    assertSays(
        shapeless,
        "weights " + shapeless + " is not a safetensors file: its header does not describe w");
  }

  private static void assertSays(Path file, String message) {
    assertThatThrownBy(() -> SafetensorsFile.open(file))
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
