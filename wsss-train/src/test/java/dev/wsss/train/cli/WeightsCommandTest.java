package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.weights.WeightsFile;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.weights.Catalogue;
import dev.wsss.train.weights.Download;
import dev.wsss.train.weights.PublishedWeights;
import dev.wsss.train.weights.WeightsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WeightsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int wsss(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }

  @Test
  void inspectSaysFormatTypesAndShapes() throws IOException {
    Path file = params();

    assertThat(wsss("weights", "inspect", file.toString())).isZero();
    assertThat(out)
        .hasToString(
            """
            format   MXNet
            tensors  2, F32 1, I64 1
            values   3
            bytes    16
            F32   conv_weight  2×1
            I64   count        1
            """);
  }

  @Test
  void inspectRefusesWhatIsNoWeights() throws IOException {
    Path file = Files.writeString(folder.resolve("w.pth"), "<html>");

    assertThat(wsss("weights", "inspect", file.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: weights "
                + file
                + " is of no known format: it looks like a web page, as of a download that was"
                + " refused; read are safetensors, an index of files in JSON, PyTorch's .pth, MXNet's"
                + " .params and numpy's .npz\n");
  }

  @Test
  void convertKeepsNamesTypesAndValues() throws IOException {
    Path file = params();
    Path to = folder.resolve("w.safetensors");

    assertThat(wsss("weights", "convert", file.toString(), "--out", to.toString())).isZero();

    assertThat(err).hasToString("2 tensors are in " + to + "\n");
    WeightsFile converted = WeightsFile.open(to);
    assertThat(converted.format()).isEqualTo("safetensors");
    assertThat(converted.shapes()).hasToString("{conv_weight=(2, 1), count=(1)}");
    assertThat(converted.values("conv_weight")).containsExactly(1, -2);
    assertThat(converted.type("count")).isEqualTo("I64");
  }

  @Test
  void convertWritesWholeOrNotAtAll() throws IOException {
    Path file = params();
    Path to = folder.resolve("w.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, 50));

    assertThat(wsss("weights", "convert", file.toString(), "--out", to.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: weights " + file + " is cut off: it should have 56 bytes and has 50\n");
    assertThat(folder).isDirectoryNotContaining("glob:**safetensors*");

    Files.writeString(to, "mine");
    assertThat(wsss("weights", "convert", file.toString(), "--out", to.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString("error: " + to + " exists; -o takes a new file, so that nothing is lost\n");
    assertThat(to).hasContent("mine");
  }

  @Test
  void listShowsAddressesAndFirstDigits() {
    assertThat(wsss("weights", "list")).isZero();
    assertThat(out.toString())
        .contains(
            "resnet18      torchvision, ImageNet-1K (SHA-256 f37072fd…)\n"
                + "              https://download.pytorch.org/models/resnet18-f37072fd.pth\n");
  }

  @Test
  void fetchSaysTheWholeSumWhereTheFileIsAndHowToLearnFromIt() throws IOException {
    byte[] file = "weights of a network".getBytes(StandardCharsets.US_ASCII);
    String sum = "fad5a62c483c9f6d16e61df97ab77879bcf3bea2062eecf55476aa5142e24711";
    Path to = folder.resolve("net.pth");
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    Program program =
        new Program(terminal, Logs.to(terminal), List.of(), getClass().getClassLoader(), "");
    try (WeightsServer server = new WeightsServer(file)) {
      Catalogue catalogue =
          new Catalogue(
              List.of(
                  new PublishedWeights("net", server.address(), sum.substring(0, 8), "for tests")));
      WeightsFetchCommand fetch =
          new WeightsFetchCommand(program, () -> catalogue, new Download(Map.of()));

      assertThat(new CommandLine(fetch).execute("net", "--out", to.toString())).isZero();
    }
    assertThat(to).hasBinaryContent(file);
    assertThat(err).hasToString("SHA-256 " + sum + "\nthe weights are in " + to + "\n");
    assertThat(out)
        .hasToString(
            "-o network.backbone.type=net -o network.backbone.weights="
                + to
                + " -o network.backbone.input=imagenet\n");
  }

  @Test
  void fetchRefusesAnUnknownName() {
    assertThat(wsss("weights", "fetch", "resnet19")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: no address of weights called 'resnet19' is known; allowed: ");
  }

  @Test
  void itsPartsAreNamed() {
    assertThat(wsss("weights")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: say what to do: wsss weights inspect, convert, list or fetch\n");
  }

  /** A float32 array and a counter as MXNet writes them. */
  private Path params() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0x112).putLong(0).putLong(2);
    bytes.putInt(2).putInt(2).putInt(1).putInt(1).putInt(0).putInt(0).putFloat(1).putFloat(-2);
    bytes.putInt(1).putInt(1).putInt(1).putInt(0).putInt(6).putLong(9);
    bytes.putLong(2);
    for (String name : new String[] {"arg:conv_weight", "count"}) {
      bytes.putLong(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    }
    return Files.write(folder.resolve("w.params"), Arrays.copyOf(bytes.array(), bytes.position()));
  }
}
