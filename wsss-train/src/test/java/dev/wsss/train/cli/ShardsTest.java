package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares of an ablation in processes of their own, beside the same ablation in one. */
final class ShardsTest {
  @TempDir private Path temp;
  private Path file;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        data: {type: synthetic, train: 16, val: 4, side: 32}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        training: {epochs: 1, batch: 8}
        cams: {scales: [1]}
        axes: {decay: {off: {optimiser: {weight-decay: 0}}, on: {}}}
        seeds: [1, 2]
        """);
  }

  @Test
  void twoProcessesLeaveTheFilesThatOneLeaves() throws Exception {
    Path shared = temp.resolve("shared");
    Path alone = temp.resolve("alone");
    Process first = process("--shard", "1/2", "--out", shared.toString());
    Process second = process("--shard", "2/2", "--out", shared.toString());
    assertThat(ablate("--out", alone.toString())).isZero();
    assertThat(first.waitFor()).as(said(first)).isZero();
    assertThat(second.waitFor()).as(said(second)).isZero();
    assertThat(shared).isDirectoryNotContaining("glob:**ablation.*");

    String table = out.toString();
    assertThat(ablate("--out", shared.toString())).isZero();
    assertThat(err.toString().lines().filter(line -> line.contains("] decay=")))
        .hasSize(4)
        .allMatch(line -> line.contains("kept"));
    assertThat(out).hasToString(table);
    TreeMap<String, String> expected = contents(alone);
    TreeMap<String, String> found = contents(shared);
    assertThat(expected).hasSizeGreaterThan(60);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    assertThat(expected.keySet().stream().filter(n -> !found.get(n).equals(expected.get(n))))
        .as("files that differ")
        .isEmpty();
  }

  @Test
  void aShareSaysWhatItHasDoneAndHowTheTableIsMade() {
    Path shared = temp.resolve("shared");
    assertThat(ablate("--shard", "5/5", "--out", shared.toString())).isZero();
    assertThat(out).hasToString("");
    assertThat(err)
        .hasToString(
            "share 5/5: no run falls to it; when all shares are done, the same command without"
                + " --shard prints the table; all is in "
                + shared
                + "\n");
  }

  @Test
  void whatIsNoShareIsRefusedBeforeAnythingIsRead() {
    assertThat(ablate("--shard", "0/3")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: --shard 0/3: there is no share 0; they count from 1, so allowed are 1/3 to"
                + " 3/3; did you mean '1/3'?\n");
    assertThat(ablate("--shard", "4/3")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: --shard 4/3: there is no share 4; they count from 1, so allowed are 1/3 to"
                + " 3/3; did you mean '3/3'?\n");
    assertThat(ablate("--shard", "x")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: --shard x: is not of the form i/n, the i-th of n shares counted from 1; for"
                + " example 1/3\n");
  }

  private int ablate(String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "")
        .run(arguments(more).toArray(String[]::new));
  }

  private List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("ablate", file.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Process process(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("said-" + more[1].charAt(0)).toFile())
        .start();
  }

  private String said(Process process) throws IOException, InterruptedException {
    process.waitFor();
    return Files.readString(temp.resolve("said-1")) + Files.readString(temp.resolve("said-2"));
  }

  /**
   * Every file by its path, without what tells the time, and what was typed. Logs are left out, and
   * so are the events and the report, which show the numbers of {@code metrics.csv} and {@code
   * scores.json} with times between them.
   */
  private static TreeMap<String, String> contents(Path folder) throws IOException {
    TreeMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.matches(".*(\\.lock|run\\.log|report\\.html|events\\..*)")) {
          contents.put(
              name,
              withoutTimes(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
        }
      }
    }
    return contents;
  }

  private static String withoutTimes(String content) {
    return content
        .replaceAll("\"seconds\": ?[0-9.E-]+", "\"seconds\"") // scores.json, progress.json
        .replaceAll(".*(images-per-second|data-wait-share).*\n", "") // metrics.csv
        .replaceAll("[0-9a-f]{64}  progress.json", "progress.json") // SHA256SUMS
        .replaceAll("(?s)\"sessions\": .*", "\"sessions\""); // provenance.json
  }
}
