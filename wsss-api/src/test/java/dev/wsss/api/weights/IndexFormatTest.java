package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFormatTest {
  @TempDir Path folder;

  @BeforeEach
  void writeParts() throws IOException {
    part("model-1.safetensors", "stem.weight", 1, 2);
    part("model-2.safetensors", "head.weight", 3, 4);
  }

  @Test
  void tensorsOfAllPartsAreRead() throws IOException {
    WeightsFile weights =
        WeightsFile.open(
            index(
                """
                {"metadata": {"total_size": 16}, "weight_map": {
                  "head.weight": "model-2.safetensors", "stem.weight": "model-1.safetensors"}}
                """));

    assertThat(weights.format()).isEqualTo("index of files");
    assertThat(weights.shapes()).hasToString("{head.weight=(2), stem.weight=(2)}");
    assertThat(weights.values("head.weight")).containsExactly(3, 4);
    assertThat(weights.values("stem.weight")).containsExactly(1, 2);
  }

  @Test
  void whatDoesNotFitIsSaid() throws IOException {
    assertSays(
        "{\"weight_map\": {\"stem.weigth\": \"model-1.safetensors\"}}",
        ": it places the tensor stem.weigth in model-1.safetensors, which has none of that name;"
            + " did you mean 'stem.weight'?");
    assertSays(
        "{\"weight_map\": {\"w\": \"model-3.safetensors\"}}",
        ": it names the file "
            + folder.resolve("model-3.safetensors")
            + ", which is not beside it");
    assertSays(
        "{\"weight_map\": {\"w\": \"../secret\"}}",
        " cannot be read as index of files: it names the file '../secret', which is not beside it");
    assertSays(
        "{\"weight_map\": {\"w\": \"model.safetensors.index.json\"}}",
        ": it names "
            + folder.resolve("model.safetensors.index.json")
            + ", which is an index itself");
    assertSays(
        "{\"weight_map\": {}}",
        " cannot be read as index of files: its weight_map names no tensor");
    assertSays(
        "{\"weights\": {\"w\"",
        " cannot be read as index of files: it is not JSON with a weight_map of names to files");
  }

  private void assertSays(String text, String message) throws IOException {
    Path file = index(text);
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights " + file + message);
  }

  private Path index(String text) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), text);
  }

  private void part(String file, String tensor, float... values) throws IOException {
    String header =
        "{\"%s\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".formatted(tensor);
    Files.write(
        folder.resolve(file),
        new ByteWriter().int64(header.length()).ascii(header).float32(values).done());
  }
}
