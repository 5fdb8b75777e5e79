package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.testing.Damage;
import dev.wsss.api.testing.DamagedCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged annotations are read, or refused by their name, at a price that follows their size. */
@Timeout(600)
class DamagedInstancesTest {
  private static final List<String> WORDS =
      List.of(
          "\"",
          ",",
          ":",
          "[",
          "]",
          "{",
          "}",
          "[[",
          "null",
          "true",
          "-",
          "1e999",
          "1e30",
          "9999999999",
          "\"images\": [",
          "\"id\": 9,",
          "\"height\": 100000000,",
          "\"counts\": \"ooooo\",",
          "\"segmentation\": [[",
          "\"iscrowd\": 1,",
          "0,",
          "\\u0000",
          "\\ud83d",
          "\uFEFF");

  /** What {@code docs/robustness.md} states, and what looking at the few files costs. */
  private static final long BYTES_PER_FILE_BYTE = 100;

  private static final long OTHER_BYTES = 1 << 20;

  @TempDir private Path root;

  @Test
  void damagedAnnotations() throws Exception {
    CocoFolder folder = CocoFolder.create(root);
    Path file = root.resolve("annotations/instances_train2014.json");
    byte[] whole = Files.readAllBytes(file);
    assertThat(look(folder)).isEmpty(); // and loads classes, which costs too
    AtomicInteger refused = new AtomicInteger();
    DamagedCases.run(
        600,
        random -> {
          byte[] damaged = Damage.ofText(whole, WORDS, random);
          Files.write(file, damaged);
          var cost = DamagedCases.cost(() -> look(folder));
          if (!cost.result().isEmpty()) {
            refused.incrementAndGet();
            assertThat(cost.result()).containsPattern("instances_(train|val)2014\\.json");
            assertThat(cost.result().length()).isLessThan(12_000);
          }
          assertThat(cost.bytes()).isLessThan(BYTES_PER_FILE_BYTE * damaged.length + OTHER_BYTES);
        });
    assertThat(refused.get()).isGreaterThan(300);
  }

  /** What was said first; empty where all was read. Any other exception goes through. */
  private static String look(CocoFolder folder) {
    try {
      CocoDataset data = folder.open();
      for (String split : data.splits()) {
        for (Example example : data.examples(split)) {
          data.mask(example);
        }
      }
      return "";
    } catch (DataException | BadImageException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
