package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of devices, on a machine whose tensor library is built for CPUs. */
final class DeviceOptionTest {
  private static final String BUILT_FOR_CPUS =
      "the tensor library here, PyTorch 2\\.[.\\d]+, is built for CPUs only";

  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int wsss(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }

  @Test
  void trainAndEvalSayItInTheirFirstLineAndTheFolderKeepsIt() throws IOException {
    Path run = temp.resolve("run");
    String[] train = {
      "train",
      "quickstart-base",
      "--out",
      run.toString(),
      "-o",
      "data.train=50",
      "-o",
      "data.val=4",
      "-o",
      "training.epochs=1",
      "-o",
      "scoring.maps=0",
      "-o",
      "self-supervision=null"
    };

    assertThat(wsss(train)).as(err.toString()).isZero();
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .matches("device: cpu; no CUDA: " + BUILT_FOR_CPUS);
    assertThat(run.resolve("provenance.json")).content().contains("\"device\": \"cpu\"");
    assertThat(run.resolve("run.log")).content().contains("device: cpu; no CUDA: ");

    assertThat(wsss("eval", run.toString(), "--device", "cpu")).isZero();
    assertThat(err.toString().lines().findFirst()).hasValue("device: cpu, as asked for");
  }

  @Test
  void aDeviceThatIsNotThereIsAnErrorAndNothingIsWritten() {
    Path run = temp.resolve("run");

    assertThat(wsss("train", "quickstart-base", "--out", run.toString(), "--device", "cuda:0"))
        .isEqualTo(2);
    assertThat(err.toString())
        .matches(
            "error: device cuda:0 is not there: "
                + BUILT_FOR_CPUS
                + "; there is cpu; take cpu or auto\n");
    assertThat(run).doesNotExist();
    assertThat(wsss("bench", "step", "--backbone", "tiny", "--device", "cuda:1")).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: device cuda:1 is not there: ");
  }

  @Test
  void aWrongNameIsToldWithTheNearest() {
    String allowed = "; allowed are auto, cpu and cuda:N, such as cuda:0; did you mean 'cuda:0'?\n";

    assertThat(wsss("train", "quickstart-base", "--device", "gpu", "--print-config")).isEqualTo(2);
    assertThat(err).hasToString("error: --device is 'gpu'" + allowed);
    assertThat(wsss("train", "quickstart-base", "-o", "engine.device=gpu", "--print-config"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("engine: device is 'gpu'" + allowed);
  }

  private static List<String> scores(String json) {
    return json.lines().filter(line -> line.contains("\"value\"")).toList();
  }

  @Test
  void anotherDeviceIsTheSameRun() throws IOException {
    Path run = temp.resolve("run");
    try (Run first = Run.open(SmallRuns.resolved("training.epochs=1"), run, Resume.FRESH)) {
      first.train(RunListener.SILENT);
    }
    String before = Files.readString(run.resolve("scores.json"));

    var onCpu = SmallRuns.resolved("training.epochs=1", "engine.device=cpu");
    try (Run again = Run.open(onCpu, run, Resume.CONTINUE)) {
      again.train(RunListener.SILENT);
    }

    assertThat(scores(Files.readString(run.resolve("scores.json"))))
        .isNotEmpty()
        .isEqualTo(scores(before));
  }
}
