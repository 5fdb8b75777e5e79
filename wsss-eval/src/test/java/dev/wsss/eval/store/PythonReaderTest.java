package dev.wsss.eval.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.testing.SharedFiles;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.image.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python that docs/store.md shows reads what Java reads, and so does labels.py. */
final class PythonReaderTest {
  private static final double THRESHOLD = 0.35;

  /** A line a picture: id, values, checksums of levels, of the mask's pixels, of probabilities. */
  private static final String MAIN =
      """

      import hashlib, sys
      folder, threshold = sys.argv[1], float(sys.argv[2])
      lines = index(folder)
      for id in reversed(list(lines)):
          values, whole = levels(folder, lines[id])
          if len(values):
              best = scores(lines[id], whole)
              mask = np.where(best.max(0).astype(float) >= threshold, values[best.argmax(0)], 0).astype(np.uint8)
          else:
              mask = np.zeros((int(lines[id][5]), int(lines[id][4])), np.uint8)
          digests = [hashlib.sha256(a.tobytes()).hexdigest() for a in (whole, mask, probabilities(lines[id]))]
          sys.stdout.buffer.write((" ".join([id, ";".join(map(str, values))] + digests) + "\\n").encode())
      """;

  @TempDir private Path temp;

  @Test
  void pythonReadsTheSameLevelsAndMakesTheSameMasks() throws Exception {
    String python = pythonWithNumpy();
    List<String> ids = new ArrayList<>(List.of("sub/ç", "none", "gone"));
    for (int i = 0; i < 30; i++) {
      ids.add("picture-" + i);
    }
    Path folder = temp.resolve("maps");
    try (MapStoreWriter writer =
        MapStoreWriter.open(folder, new StoreSettings(SomeMaps.CLASSES, "model", 500), ids)) {
      writer.add(
          StoredMaps.of(SomeMaps.picture("sub/ç", 0, 2), new MapGrid(50, 33, 52, 36, 13, 9)));
      writer.add(SomeMaps.stored("none"));
      writer.leaveOut("gone", "no such file");
      for (String id : ids.subList(3, ids.size())) {
        writer.add(SomeMaps.stored(id, 0, 1, 2));
      }
      writer.finish();
    }
    MapStore store = MapStore.open(folder);
    List<String> expected = new ArrayList<>();
    for (String id : store.ids()) {
      expected.add(0, line(store.maps(id)));
    }
    Path script = temp.resolve("read.py");
    Files.writeString(script, documented() + MAIN);

    List<String> said = run(python, script.toString(), folder.toString(), "" + THRESHOLD);

    assertThat(said).isEqualTo(expected).hasSize(32);
  }

  /** One picture of 4×2 cells with two maps, whose numbers were worked out by hand. */
  @Test
  void labelsOfRegionsAreComparedWithExactMasks() throws Exception {
    String python = pythonWithNumpy();
    byte[] levels = {
      (byte) 200,
      (byte) 150,
      50,
      0,
      104,
      30,
      0,
      0, //
      0,
      0,
      20,
      (byte) 180,
      0,
      0,
      60,
      110
    };
    float[] probabilities = {1, 0, 1};
    MapGrid grid = new MapGrid(8, 4, 8, 4, 4, 2);
    Path folder = temp.resolve("maps");
    List<String> ids = List.of("a", "none", "gone", "other");
    try (MapStoreWriter writer =
        MapStoreWriter.open(folder, new StoreSettings(SomeMaps.CLASSES, "model", 500), ids)) {
      writer.add(new StoredMaps("a", grid, new int[] {0, 2}, levels, probabilities));
      writer.add(SomeMaps.stored("none"));
      writer.leaveOut("gone", "no such file");
      writer.add(SomeMaps.stored("other", 1));
      writer.finish();
    }
    Path masks = Files.createDirectory(temp.resolve("masks"));
    TestImages.grey(
        masks.resolve("a.png"),
        8,
        8,
        IntStream.of(1, 1, 0, 3, 1, 1, 0, 3, 0, 0, 255, 3, 0, 0, 255, 3)
            .flatMap(value -> IntStream.of(value, value))
            .toArray());
    Path names = Files.writeString(temp.resolve("names.txt"), "a\nnone\ngone\n");
    Path script = SharedFiles.repository().resolve("examples/parity/labels.py");

    List<String> said =
        run(python, script.toString(), folder.toString(), masks.toString(), names.toString());

    assertThat(said)
        .containsExactly(
            "1 pictures",
            "threshold  background  object recall  background recall  mean recall  object"
                + " precision",
            "0.2              0.14           1.00               0.33        0.667              0.67",
            "0.3              0.29           1.00               0.67        0.833              0.80",
            "0.4              0.29           1.00               0.67        0.833              0.80",
            "0.5              0.29           1.00               0.67        0.833              0.80",
            "0.6              0.57           0.75               1.00        0.875              1.00",
            "0.7              0.57           0.75               1.00        0.875              1.00",
            "0.8              0.71           0.50               1.00        0.750              1.00",
            "share            0.71           0.50               1.00        0.750              1.00",
            "otsu             0.29           1.00               0.67        0.833              0.80");
  }

  private static String line(StoredMaps maps) throws IOException {
    List<String> values = new ArrayList<>();
    for (int k : maps.present()) {
      values.add(Integer.toString(k + 1));
    }
    return String.join(
        " ",
        maps.id(),
        String.join(";", values),
        Sha256.of(new ByteArrayInputStream(maps.levels())),
        Sha256.of(new ByteArrayInputStream(maps.mask(THRESHOLD).indices())),
        Sha256.of(new ByteArrayInputStream(littleEndian(maps.probabilities()))));
  }

  private static byte[] littleEndian(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static String documented() throws IOException {
    String page = Files.readString(SharedFiles.repository().resolve("docs/store.md"));
    StringBuilder code = new StringBuilder();
    for (String block : page.split("```python\n")) {
      code.append(block.startsWith("#") ? "" : block.substring(0, block.indexOf("```")));
    }
    return code.toString();
  }

  private static String pythonWithNumpy() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        if (new ProcessBuilder(python, "-c", "import numpy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0) {
          return python;
        }
      } catch (IOException e) {
        // Not there: the next one.
      }
    }
    return Assumptions.abort("needs python3 with numpy (Debian: python3-numpy)");
  }

  private static List<String> run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
