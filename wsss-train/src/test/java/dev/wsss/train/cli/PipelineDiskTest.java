package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code wsss run} on a disk that takes no more: one error that names stage and file, and the same
 * command goes on when there is room. A limit on the size of files stands for the disk: writing
 * ends in the middle of a file either way.
 */
@EnabledOnOs(OS.LINUX)
final class PipelineDiskTest {
  private static final int MINUTES_AT_MOST = 3;
  private static final int UNLIMITED = 0;

  private static final String CONFIG =
      """
      data: {type: synthetic, train: 32, val: 16, side: 32}
      augmentation: {crop: 32, long-side-min: 0, long-side-max: 0, jitter: 0, grey: 0}
      network: {backbone: {type: tiny, width: 8}, head: {type: projected, channels: 16}}
      optimiser: {rate: 0.05}
      training: {epochs: 2, batch: 8}
      pseudo-labels: {refine: {dense-crf: {preset: irn-label}}}
      segmentation:
        network: {head: {type: large-field-of-view, channels: 8, dilation: 2}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        training: {epochs: 1}
        prediction: {scales: [1]}
      """;

  @TempDir private Path temp;

  /** More options of Java. */
  private final List<String> java = new ArrayList<>();

  /** ONNX Runtime's library, which otherwise is unpacked by each process, and meets the limit. */
  private Path unpacked() throws IOException {
    String system = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
    Path folder = Files.createDirectories(temp.resolve("onnxruntime"));
    for (String name : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
      try (InputStream library =
          getClass().getResourceAsStream("/ai/onnxruntime/native/" + system + "/" + name)) {
        Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  @Test
  void goesOnWithoutOnnxRuntimeWhereItsLibraryCannotBeUnpacked() throws Exception {
    Files.writeString(temp.resolve("small.yaml"), CONFIG);

    assertThat(run("full", 1024, "--until", "maps")).isEmpty();
    try (Stream<Path> made = Files.walk(temp.resolve("full/stages/maps"))) {
      assertThat(made.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  @Test
  void endsWithOneErrorAndGoesOnWhenThereIsRoom() throws Exception {
    Files.writeString(temp.resolve("small.yaml"), CONFIG);
    java.add("-Donnxruntime.native.path=" + unpacked());
    assertThat(run("whole", UNLIMITED)).isEmpty();

    assertThat(run("full", 16))
        .as("checkpoints have 43 kB")
        .containsExactly(
            "error: stage train: the checkpoint of epoch 1 could not be written (%s/checkpoints: File too large); there is none yet; free space and run the same command again, wsss train with --resume"
                .formatted(only("full/stages/train")));
    assertThat(run("full", UNLIMITED, "--until", "train")).isEmpty();
    assertThat(run("full", 10))
        .as("the first shard of maps has 16 kB")
        .containsExactly(
            "error: stage maps: cannot write to %s/maps: File too large; make room if the disk is full: the same command goes on from there"
                .formatted(only("full/stages/maps")));
    assertThat(run("full", 48))
        .as("checkpoints of the segmentation network have 53 kB")
        .containsExactly(
            "error: stage segment: the checkpoint of epoch 1 could not be written (%s/checkpoints: File too large); there is none yet; free space and run the same command again, wsss train with --resume"
                .formatted(only("full/stages/segment")));
    assertThat(run("full", UNLIMITED)).isEmpty();

    assertThat(made("full")).isEqualTo(made("whole"));
  }

  /**
   * Runs the pipeline.
   *
   * @param kilobytes that a file may have
   * @return the errors
   */
  private List<String> run(String out, int kilobytes, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (kilobytes != UNLIMITED) {
      // In blocks of 512 bytes.
      words.addAll(List.of("sh", "-c", "ulimit -f " + 2 * kilobytes + "; exec \"$@\"", "sh"));
    }
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData", // a file too
            "-Djava.awt.headless=true"));
    words.addAll(java);
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "small.yaml",
            "--out",
            temp.resolve(out).toString(),
            "-q"));
    words.addAll(List.of(options));
    Path printed = Files.createTempFile(temp, out, ".txt");
    Process process =
        new ProcessBuilder(words)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).isTrue();
    List<String> errors;
    try (Stream<String> lines = Files.lines(printed)) {
      errors = lines.filter(line -> line.startsWith("error")).toList();
    }
    int code = errors.isEmpty() ? 0 : ExitCode.FAILED.code();
    assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(code);
    return errors;
  }

  private Path only(String folder) throws IOException {
    try (Stream<Path> content = Files.list(temp.resolve(folder))) {
      return content.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** Masks, stores and networks; and that nothing half-written lies about. */
  private Map<String, String> made(String out) throws IOException {
    Path stages = temp.resolve(out).resolve("stages");
    Map<String, String> made = new TreeMap<>();
    try (Stream<Path> all = Files.walk(stages)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = stages.relativize(file).toString();
        assertThat(name).doesNotContain("unfinished", "partial");
        if (name.matches(".*\\.(png|bin|tsv|safetensors)")) {
          made.put(name, Sha256.of(file));
        }
      }
    }
    assertThat(made).isNotEmpty();
    return made;
  }
}
