package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wsss.api.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that would take all time or memory are refused in a moment. */
class YamlBoundsTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(20);
  private static final String DEPTH =
      "more than 100 mappings and lists inside each other; no configuration needs more";

  @TempDir private Path folder;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("a: " + "[".repeat(20_000), "y:1:103: " + DEPTH),
        Arguments.of("{a: ".repeat(20_000), "y:1:401: " + DEPTH),
        Arguments.of(
            doubled(48),
            "y:1:10: more than 100000 values, each alias counted as what it stands for; no"
                + " configuration needs more"),
        Arguments.of(nestedByAliases(), "y:1:9: " + DEPTH),
        Arguments.of(
            "a: " + "7".repeat(900_000),
            "y:1:4: a: found a number of 900000 characters; allowed are at most 100"),
        Arguments.of(
            "a: 0." + "7".repeat(900_000),
            "y:1:4: a: found a number of 900002 characters; allowed are at most 100"));
  }

  /** Each line a list of the line before it, twice. */
  private static String doubled(int lines) {
    StringBuilder text = new StringBuilder("l0: &l0 [x, x]\n");
    for (int i = 1; i <= lines; i++) {
      text.append("l%1$d: &l%1$d [*l%2$d, *l%2$d]\n".formatted(i, i - 1));
    }
    return text.toString();
  }

  private static String nestedByAliases() {
    String open = "[".repeat(98);
    String close = "]".repeat(98);
    return "a: &a " + open + "x" + close + "\nb: " + open + "*a" + close + "\n";
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextThatGrowsIsRefused(String yaml, String message) {
    assertTimeoutPreemptively(
        A_MOMENT,
        () ->
            assertThatThrownBy(() -> ConfigTree.parse(yaml, "y"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message));
  }

  @Test
  void aFileOfMegabytesIsNotRead() throws IOException {
    Path file = Files.write(folder.resolve("big.yaml"), new byte[2_000_000]);

    assertThatThrownBy(() -> Sample.loader().load(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "configuration: found '" + file + "' of 2000000 bytes; allowed are at most 1048576");
  }

  @Test
  void aKeyOfThousandsOfPartsIsRefused() {
    String key = "a.".repeat(50_000) + "b";

    assertThatThrownBy(() -> ConfigTree.parse("", "y").override(key + "=1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "-o (a\\.){98}a… \\(100006 characters\\): found a key of 50001 parts; allowed are at"
                + " most 100");
  }

  /** What a cut-off download, a merge gone wrong or a cat on the keyboard leaves. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedTextBindsOrSaysWhatIsWrong(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      String yaml = damaged(random);
      assertTimeoutPreemptively(
          A_MOMENT,
          () -> {
            try {
              Sample.bind(yaml);
            } catch (ConfigException expected) {
              // Any other exception fails the test.
            }
          },
          () -> "after this text:\n" + yaml);
    }
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L, 4L, 5L);
  }

  private static final String WHOLE =
      """
      data: {type: folder, root: /data, share: 0.5}
      self-supervision:
        rcm: &rcm {weight: 1.0, temperature: 0.5}
        mam: {<<: *rcm, scale: 0.5}
        second: {type: rcm, threshold: 1e-3}
      teacher: {type: ema, decay: 0.99}
      optimiser: {rate: 0.01, schedule: poly, warm-up-steps: 0x10, bias-decay: true}
      scales: [0.5, 1.0, 2]
      note: "a note"
      axes: {rcm: {off: {self-supervision: {rcm: null}}, on: {}}}
      """;

  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ":", ",", "\n", "  ", "&a ", "*a", "*rcm", "!!int ", "? ", "- ", "|",
          ">", "'", "\"", "#", "%", "---\n", "...\n", "~", ".nan", "-.inf", "0o17", "1e999", "<<",
          "\t", "\u0000", "\ufeff", "\ud83d", "é", "-", "null");

  private static String damaged(Random random) {
    StringBuilder text = new StringBuilder(WHOLE);
    int edits = 1 + random.nextInt(6);
    for (int i = 0; i < edits; i++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
        case 2 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
        default -> text.setLength(Math.max(1, to));
      }
    }
    return text.toString();
  }
}
