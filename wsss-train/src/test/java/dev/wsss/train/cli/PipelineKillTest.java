package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code wsss run}, killed at random moments and started again, ends with the masks of an unbroken
 * run. {@code -Dwsss.test.kills=20} kills it more often.
 */
@DisabledOnOs(OS.WINDOWS)
final class PipelineKillTest {
  private static final int KILLS = Integer.getInteger("wsss.test.kills", 5);
  private static final int MINUTES_AT_MOST = 3;

  /** A few seconds' work, most of it where it may be broken off. */
  private static final String CONFIG =
      """
      data: {type: synthetic, train: 32, val: 16, side: 32}
      augmentation: {crop: 32, long-side-min: 0, long-side-max: 0, jitter: 0, grey: 0}
      network: {backbone: {type: tiny, width: 8}, head: {type: projected, channels: 16}}
      optimiser: {rate: 0.05}
      training: {epochs: 3, batch: 8}
      pseudo-labels: {background: share, refine: {dense-crf: {preset: irn-label}, pixel-adaptive: {}}}
      """;

  private static final String AXES =
      """
      axes: {mixed: {off: {pseudo-labels: {refine: {pixel-adaptive: null}}}, on: {}}}
      seeds: [1]
      """;

  @TempDir private Path temp;

  @Test
  void endsWithTheSameMasksHoweverOftenItIsKilled() throws Exception {
    Files.writeString(temp.resolve("small.yaml"), CONFIG);
    killed("run", KILLS);
    assertThat(masks("broken")).isNotEmpty().isEqualTo(masks("whole"));
  }

  @Test
  void anAblationDoesSoToo() throws Exception {
    Files.writeString(temp.resolve("small.yaml"), CONFIG + AXES);
    killed("ablate", KILLS / 2 + 1);
    assertThat(masks("broken")).isNotEmpty().isEqualTo(masks("whole"));
    assertThat(temp.resolve("broken/scores.csv"))
        .hasSameTextualContentAs(temp.resolve("whole/scores.csv"));
    assertThat(printed("whole"))
        .containsOnlyOnce("] mixed=off seed 1, stage 1/5 train: it has not run here")
        .contains("] mixed=on seed 1, stage 5/6 refine-pixel-adaptive: it has not run here")
        .doesNotContain("mixed=on seed 1, stage 1/6")
        .containsPattern(
            "\\[1/2] mixed=off seed 1  finished .* about \\d+:\\d\\d left, less where cells share stages\n")
        .containsPattern("\\[2/2] mixed=on seed 1  finished  mIoU \\d+\\.\\d % \\(train\\)  mIoU");
  }

  /** Runs a command once, and once more with kills in between. */
  private void killed(String command, int kills) throws Exception {
    long start = System.nanoTime();
    assertThat(finish(command, "whole")).as(printed("whole")).isZero();
    long wholeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

    SplittableRandom random = new SplittableRandom(9);
    long range = wholeMillis;
    int killed = 0;
    for (int i = 0; i < kills; i++) {
      Process process = start(command, "broken");
      // Not before the JVM has begun: the first half of the time is mostly its start.
      Thread.sleep(wholeMillis / 4 + random.nextLong(range));
      boolean alive = process.isAlive();
      process.destroyForcibly().waitFor();
      if (alive) {
        killed++;
      } else if (killed == 0) { // quicker than the whole one was: once more, sooner
        range = Math.max(1, range / 2);
        delete(temp.resolve("broken"));
      }
    }
    assertThat(killed).isPositive();
    assertThat(finish(command, "broken")).as(printed("broken")).isZero();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private int finish(String command, String out) throws IOException, InterruptedException {
    Process process = start(command, out);
    assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String printed(String out) throws IOException {
    return Files.readString(temp.resolve(out + ".txt"));
  }

  private Process start(String command, String out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            command,
            "small.yaml",
            "--out",
            out)
        .directory(temp.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(temp.resolve(out + ".txt").toFile()))
        .start();
  }

  private Map<String, String> masks(String out) throws IOException {
    Path stages = temp.resolve(out).resolve("stages");
    Map<String, String> masks = new TreeMap<>();
    try (Stream<Path> all = Files.walk(stages)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".png")).toList()) {
        masks.put(stages.relativize(file).toString(), Sha256.of(file));
      }
    }
    return masks;
  }
}
