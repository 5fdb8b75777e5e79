package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.train.progress.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "")
        .run(("bench " + line).trim().split(" "));
  }

  private JsonObject printed() {
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  @Test
  void timesAStepWithRandomWeightsInPlaceOfPretrainedOnes() {
    assertThat(bench("step --batch 2 --crop 64 --steps 1 --json")).isZero();
    JsonObject json = printed();
    assertThat(json.get("backbone").getAsString()).isEqualTo("mobilenet-v2");
    assertThat(json.get("modules").getAsString()).isEqualTo("rcm,mam");
    double step = json.get("median_step_seconds").getAsDouble();
    assertThat(step).isPositive();
    double parts =
        json.get("teacher_seconds").getAsDouble()
            + json.get("student_seconds").getAsDouble()
            + json.get("update_seconds").getAsDouble();
    assertThat(Math.abs(parts - step)).isLessThan(0.003);
    assertThat(json.get("losses_alone_seconds").getAsDouble()).isBetween(0.0, step);
    assertThat(json.get("peak_memory_mb").getAsLong()).isGreaterThan(50);
  }

  @Test
  void timesClassificationAloneAndABackboneThatIsNeverPretrained() {
    assertThat(bench("step --backbone tiny --modules none --batch 2 --crop 32 --steps 3")).isZero();
    assertThat(out.toString())
        .contains("modules               none\n", "losses_share          0.0\n");
  }

  @Test
  void takesOtherValuesOfTheConfiguration() {
    String small = "step --backbone tiny --modules mam --batch 2 --crop 32 --steps 1";
    String scales = " -o self-supervision.mam.student-scales=[1] -o data.classes=3";
    assertThat(bench(small + scales)).isZero();
    assertThat(bench(small + " -o data.clases=3")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'classes'?");
  }

  @Test
  void timesCamInference() {
    assertThat(bench("cams --backbone tiny --width 64 --height 48 --pictures 1 --json")).isZero();
    JsonObject json = printed();
    assertThat(json.get("median_picture_seconds").getAsDouble()).isPositive();
    double parameters = json.get("parameters").getAsLong();
    assertThat(json.get("export_mb").getAsDouble())
        .as("four bytes a parameter, and the nodes")
        .isBetween(4e-6 * parameters, 4e-6 * parameters + 0.05);
  }

  @Test
  void deepNetworksOfRandomWeightsDoNotDiverge() {
    assertThat(bench("step --backbone resnet34 --modules none --batch 2 --crop 64 --steps 1"))
        .isZero();
    assertThat(err).hasToString("");
  }

  @Test
  void aBackboneNeedsNoBatchNorm() {
    assertThat(bench("cams --backbone vit-small --width 64 --height 48 --pictures 1 --json"))
        .isZero();

    assertThat(printed().get("backbone").getAsString()).isEqualTo("vit-small");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(bench("")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: say what to time: wsss bench step, or wsss bench cams\n");
    assertThat(bench("step --batch 0")).isEqualTo(2);
    assertThat(err).hasToString("error: --batch is 0; it is at least 1\n");
    assertThat(bench("cams --threads 0")).isEqualTo(2);
    assertThat(err).hasToString("error: --threads is 0; it is at least 1\n");
    assertThat(bench("step --backbone resnet19")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'resnet18'?");
  }
}
