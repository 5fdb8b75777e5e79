package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxSeal;
import dev.wsss.api.testing.Damage;
import dev.wsss.api.testing.DamagedCases;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.predict.Predictor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No damaged file reaches ONNX Runtime's parser, and nothing impossible passes behind it. */
class ModelSealTest {
  private static final String NO_SEAL =
      "%s does not end with the checksum that wsss export writes ('wsss.sha256'): another program"
          + " wrote or changed it, or its end is missing; copy it again, or export the run again";
  private static final String DAMAGED =
      "%s is damaged, or was changed after wsss export: its content does not have the checksum at"
          + " its end ('wsss.sha256'); copy it again, or export the run again";

  /** The buffer of 64 KiB, and what opening a file takes. */
  private static final long MOST_BYTES = 200_000;

  private static final int MOST_CHARACTERS = 1000;

  @TempDir private Path folder;

  private static void assertSays(Path file, String message) {
    assertThatThrownBy(() -> Predictor.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(message.formatted(file));
  }

  @Test
  void aSealedModelIsOrdinaryOnnx() throws IOException {
    Path file = SmallModel.write(folder.resolve("a.onnx"), SmallModel.texts());
    byte[] bytes = Files.readAllBytes(file);

    try (OnnxSession session = OnnxSession.open(file)) {
      assertThat(session.texts().texts()).containsAllEntriesOf(SmallModel.texts());
      String digits = session.texts().text("wsss.sha256");
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).endsWith("\u0012\u0040" + digits);
    }
    try (Predictor predictor = Predictor.open(file)) {
      RgbImage picture = new RgbImage(8, 8, new byte[3 * 64]);
      assertThat(predictor.predict("a", picture).mask().indices()).hasSize(64);
    }
  }

  @Test
  void aFileWithoutASealIsRefused() throws IOException {
    Path file = folder.resolve("a.onnx");
    byte[] whole = Files.readAllBytes(SmallModel.write(file, SmallModel.texts()));
    for (int length : List.of(0, 1, OnnxSeal.SIZE - 1, OnnxSeal.SIZE, whole.length - 1)) {
      assertSays(Files.write(file, Arrays.copyOf(whole, length)), NO_SEAL);
    }
    assertSays(Files.write(file, Arrays.copyOf(whole, whole.length - OnnxSeal.SIZE)), NO_SEAL);
    assertSays(Files.write(file, Arrays.copyOf(whole, whole.length + 1)), NO_SEAL);
  }

  @Test
  void aChangedFileIsRefused() throws IOException {
    Path file = folder.resolve("a.onnx");
    byte[] whole = Files.readAllBytes(SmallModel.write(file, SmallModel.texts()));
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    assertSays(Files.write(file, changed), DAMAGED);
    changed = whole.clone();
    changed[whole.length - 1] ^= 1;
    assertSays(Files.write(file, changed), DAMAGED);
  }

  @Test
  void aFileThatNoModelCanHaveIsNotRead() throws IOException {
    Path file = folder.resolve("a.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(5_000_000_000L);
    }
    assertSays(file, "%s: 5,000,000,000 bytes; a model file has at most 2,147,483,647");
  }

  @Test
  void theSealCannotBeGiven() {
    assertThatThrownBy(
            () -> new OnnxModel(OnnxGraph.empty(), "test", Map.of("wsss.sha256", "mine")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wsss.sha256 is written with the file");
  }

  @Test
  void namesAndNetworkHaveToBelongTogether() throws IOException {
    Map<String, String> texts = SmallModel.texts();
    texts.put("wsss.classes", "red\ngreen");
    texts.put("wsss.label_thresholds", "0.5\n0.5");
    assertSays(
        SmallModel.write(folder.resolve("a.onnx"), texts),
        "%s: wsss.classes names 2 classes, but the network has 3");
  }

  @Test
  void damagedFilesAreRefusedBeforeAnythingReadsThem() throws IOException {
    Path file = folder.resolve("a.onnx");
    byte[] whole = Files.readAllBytes(SmallModel.write(file, SmallModel.texts()));
    refusal(file); // loads classes, which costs too
    DamagedCases.run(
        2500,
        random -> {
          Files.write(file, Damage.of(whole, random));
          var cost = DamagedCases.cost(() -> refusal(file));
          assertThat(cost.result()).isIn(NO_SEAL.formatted(file), DAMAGED.formatted(file));
          assertThat(cost.bytes()).isLessThan(MOST_BYTES);
        });
  }

  private static String refusal(Path file) {
    try (Predictor predictor = Predictor.open(file)) {
      return "opened with " + predictor.info();
    } catch (ModelFileException e) {
      return e.getMessage();
    }
  }

  /** As of a program that writes models with a seal and gets the texts wrong. */
  @Test
  void sealedFilesWithImpossibleTextsAreRefusedByName() throws IOException {
    Path file = folder.resolve("a.onnx");
    DamagedCases.run(
        100,
        random -> {
          SmallModel.write(file, damaged(SmallModel.texts(), random));
          try (Predictor predictor = Predictor.open(file)) {
            assertThat(predictor.info().classes().count()).isEqualTo(3);
          } catch (ModelFileException e) {
            assertNames(e, file);
          }
        });
  }

  @Test
  void impossibleTextsAreRefusedByName() {
    Path file = folder.resolve("a.onnx");
    int[] refused = new int[1];
    DamagedCases.run(
        2500,
        random -> {
          Map<String, String> texts = damaged(SmallModel.texts(), random);
          try {
            ModelMetadata.read(new ModelTexts(file, texts));
          } catch (ModelFileException e) {
            refused[0]++;
            assertNames(e, file);
          }
        });
    assertThat(refused[0]).isGreaterThan(1000);
  }

  private static void assertNames(ModelFileException e, Path file) {
    assertThat(e.getMessage()).startsWith(file.toString()).contains("wsss.");
    assertThat(e.getMessage().length()).isLessThan(MOST_CHARACTERS);
  }

  /** One or two texts changed, lost, or put in each other's place. */
  private static Map<String, String> damaged(Map<String, String> whole, Random random) {
    Map<String, String> texts = new LinkedHashMap<>(whole);
    List<String> keys = List.copyOf(whole.keySet());
    for (int change = random.nextInt(2); change >= 0; change--) {
      String key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(5)) {
        case 0 -> texts.remove(key);
        case 1 -> texts.put(key, whole.get(keys.get(random.nextInt(keys.size()))));
        case 2 -> texts.put(key, ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size())));
        case 3 -> texts.put(key, whole.get(key) + "\n0.5".repeat(random.nextInt(300)));
        default -> {
          byte[] bytes = whole.get(key).getBytes(StandardCharsets.UTF_8);
          texts.put(key, new String(Damage.of(bytes, random), StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  private static final List<String> ODD_NUMBERS =
      List.of("NaN", "Infinity", "-1", "0", "1e300", "2147483648", "-0.0", "0x1p3", "", "\n", "1f");
}
