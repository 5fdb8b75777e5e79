package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownFormatsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "''|it is empty",
        "once upon|it begins with the bytes 6f 6e 63 65 20 75 70 6f",
        "<html>|it looks like a web page, as of a download that was refused",
        "version https://git-lfs.github.com/spec/v1|it looks like a pointer of Git LFS; 'git lfs"
            + " pull' fetches the file itself",
      })
  void aFileOfNoKnownFormatIsSaidByWhatItLooksLike(String text, String looks) throws IOException {
    Path file =
        Files.write(folder.resolve("w.safetensors"), text.getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights "
                + file
                + " is of no known format: "
                + looks
                + "; read are safetensors, an index of files in JSON, PyTorch's .pth, MXNet's"
                + " .params and numpy's .npz");
  }
}
