package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.run.ExportForm;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of {@code wsss predict} where its process gets signals in the middle of a pass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(OS.WINDOWS)
final class CommandStopTest {
  private static final int PICTURES = 20;
  private static final int MINUTES_AT_MOST = 2;
  private static final Pattern STOPPED =
      Pattern.compile(
          "error: stopped after (\\d+) of (\\d+) pictures; the same command goes on from there\n");

  @TempDir private static Path temp;

  private Path model = Path.of("");
  private String present = "";

  @BeforeAll
  void trainAndExport() throws IOException {
    model = temp.resolve("model.onnx");
    try (Run run = Run.open(SmallRuns.resolved(), temp.resolve("run"), Resume.FRESH)) {
      run.train(RunListener.SILENT);
      run.export(model, ExportForm.MAPS, "none");
    }
    try (Predictor predictor = Predictor.open(model)) {
      present = predictor.info().classes().foreground().get(0);
    }
  }

  @AfterEach
  void nothingCrashed() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no report of a crash")
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  @Test
  void aSignalEndsItAfterThePicturesInWork() throws Exception {
    Path pictures = pictures("small", PICTURES, 300, 200);
    for (int i = 0; i < 3; i++) {
      Started started = predict(pictures, "stopped" + i);
      Thread.sleep(100 * i);
      // Twice at once, as timeout does.
      started.send("TERM");
      started.process().destroy();

      assertThat(started.exitCode()).as(started.printed()).isEqualTo(128 + 15);
      assertThatItStopped(started, temp.resolve("stopped" + i));
    }
  }

  @Test
  void ctrlCDoesSoTooAndTheSameCommandGoesOn() throws Exception {
    Path pictures = pictures("some", PICTURES, 300, 200);
    Started started = predict(pictures, "interrupted");
    started.send("INT");

    assertThat(started.exitCode()).as(started.printed()).isEqualTo(128 + 2);
    assertThatItStopped(started, temp.resolve("interrupted"));

    Started again = predict(pictures, "interrupted");
    assertThat(again.exitCode()).as(again.printed()).isZero();
    assertThat(again.printed()).contains(" of " + PICTURES + " pictures finished before; ");
    assertThat(masks(temp.resolve("interrupted"))).isEqualTo(PICTURES);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Path pictures = pictures("large", 1, 6000, 4000);
    // A signal that comes before the picture is in work ends it before a second one is of use.
    for (int i = 0; i < 5; i++) {
      String out = "killed" + i;
      Started started = predict(pictures, out);
      Thread.sleep(500L << i);
      started.process().destroy();
      if (started.says(
          "stopping after what is in work; another signal, or Ctrl-C, stops at once")) {
        assertThat(started.process().isAlive()).isTrue();
        started.process().destroy();

        assertThat(started.exitCode()).isEqualTo(128 + 15);
        assertThat(started.printed()).doesNotContain("error");
        assertThat(masks(temp.resolve(out))).isZero();
        return;
      }
      assertThatItStopped(started, temp.resolve(out));
    }
    fail("the picture was never in work when the signal came");
  }

  private static void assertThatItStopped(Started started, Path to) throws IOException {
    assertThat(started.printed()).containsPattern(STOPPED).doesNotContain("unexpected");
    Matcher matcher = STOPPED.matcher(started.printed());
    assertThat(matcher.find()).isTrue();
    assertThat(masks(to))
        .isEqualTo(Long.parseLong(matcher.group(1)))
        .isLessThan(Long.parseLong(matcher.group(2)));
  }

  private static long masks(Path out) throws IOException {
    Path folder = out.resolve("masks");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> masks = Files.list(folder)) {
      return masks.filter(mask -> mask.toString().endsWith(".png")).count();
    }
  }

  private Path pictures(String name, int count, int width, int height) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    StringBuilder labels = new StringBuilder("image,labels\n");
    for (int i = 0; i < count; i++) {
      BufferedImage black = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(black, "jpg", folder.resolve(i + ".jpg").toFile());
      labels.append(i).append(".jpg,").append(present).append('\n');
    }
    Files.writeString(temp.resolve(name + ".csv"), labels);
    return folder;
  }

  /** A process, and what it prints to. */
  private record Started(Process process, Path output) {
    String printed() throws IOException {
      return Files.readString(output);
    }

    void waitFor(String text) throws IOException, InterruptedException {
      assertThat(says(text)).as(printed()).isTrue();
    }

    /** Whether it prints something before it ends. */
    boolean says(String text) throws IOException, InterruptedException {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES_AT_MOST);
      while (!printed().contains(text) && process.isAlive() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      return printed().contains(text);
    }

    void send(String signal) throws IOException, InterruptedException {
      String command = "kill -" + signal + " " + process.pid();
      assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();
    }

    int exitCode() throws InterruptedException {
      try {
        assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** Starts to label pictures part by part, and waits until the first parts are in work. */
  private Started predict(Path pictures, String out) throws IOException, InterruptedException {
    Path output = Files.createTempFile(temp, out, ".txt");
    List<String> command =
        List.of(
            // A shell starts what runs in the background with Ctrl-C ignored, and so its children.
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "predict",
            model.toString(),
            pictures.toString(),
            "--tiles",
            "--labels",
            pictures + ".csv",
            "--out",
            temp.resolve(out).toString());
    Process process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Started started = new Started(process, output);
    started.waitFor("large pictures are looked at in ");
    return started;
  }
}
