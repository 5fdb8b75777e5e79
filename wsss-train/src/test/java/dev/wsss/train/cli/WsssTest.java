package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.train.ablation.AblationConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.plugin.Kebab;
import dev.wsss.train.plugin.Spi;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line without a run: each test is a command and what it says. */
final class WsssTest {
  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path config;
  private String classPath = "";

  /** What is said once a process of this machine is said before, whichever test comes first. */
  @BeforeAll
  static void chooseDevice() {
    TensorEngine.choose(DeviceChoice.CPU);
  }

  @BeforeEach
  void writeConfig() throws IOException {
    config = temp.resolve("run.yaml");
    Files.writeString(
        config,
        """
        data: {type: synthetic}
        network: {backbone: {type: tiny}}
        self-supervision: {rcm: {}}
        training: {epochs: 2}
        """);
  }

  private int wsss(String... args) {
    return wsss(getClass().getClassLoader(), args);
  }

  private int wsss(ClassLoader modules, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, modules, classPath).run(args);
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    assertThat(wsss("--help")).isZero();
    assertThat(out)
        .hasToString(
            """
            Usage: wsss [-hV] [--debug] COMMAND
            Pixel masks from photographs with image-level labels.
                  --debug     Print the stack trace of an error.
              -h, --help      Show this text.
              -V, --version   Show the version.
            Commands:
              init        Propose labels.csv and classes.txt for a folder of pictures, and check it.
              train       Train one configuration and score it.
              run         Go from photographs with labels to masks: train, infer maps, refine, and so on.
              tune        Choose settings of pseudo labels on training pictures that are set apart.
              ablate      Run every combination of an ablation's axes with every seed, and compare them.
              eval        Score the last checkpoint of a run's folder, and label pictures with --out.
              score       Score a folder of masks, whatever made them, against the exact masks of a data set.
              export      Write a trained network as one ONNX file that stands alone.
              predict     Write masks of photographs with a trained model, with or without their labels.
              submit      Check masks and pack them for the evaluation server of PASCAL VOC 2012.
              compare     Compare finished runs with the first one, paired by seed and by picture.
              weights     Look into files of pretrained weights, convert and download them.
              modules     List all modules and the jars that bring them.
              explain     Explain the keys of a module or of a part of the configuration.
              schema      Print the JSON schema of runs and ablations, for editors.
              bench       Time training steps or CAM inference on this machine, with random weights.
              completion  Print the script with which a shell completes commands and options.
              help        Say what there is, or what a command does and takes.

            Exit codes:
              0  all went well
              1  unexpected error
              2  wrong command line, configuration, weights or module
              3  the data set cannot be used
              4  training failed; with ablate: at least one cell failed, the others have finished;
                 with predict: at least one picture was left out, the others have masks

            Start with: wsss ablate quickstart --out runs/quickstart
            """);
    assertThat(err).hasToString("");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {
          "train", "ablate", "eval", "compare", "modules", "explain", "schema", "bench"
        }) {
      assertThat(wsss(command, "--help")).isZero();
      assertThat(out.toString()).startsWith("Usage: wsss " + command + " [-h");
    }
  }

  @Test
  void helpOfACommandIsWhatItsOptionPrints() {
    wsss("--help");
    String all = out.toString();
    assertThat(wsss("help")).isZero();
    assertThat(out).hasToString(all);
    wsss("ablate", "--help");
    String ablate = out.toString();
    assertThat(wsss("help", "ablate")).isZero();
    assertThat(out).hasToString(ablate);
    assertThat(wsss("help", "trian")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "error: there is no command 'wsss trian'; known are init, train, run, tune, ablate, ")
        .endsWith("; did you mean 'train'?\n");
    assertThat(wsss("help", "bench", "step")).isZero();
    assertThat(out.toString()).startsWith("Usage: wsss bench step [");
  }

  @Test
  void onlyFinishedRunsAreComparedInFormatsThereAre() {
    assertThat(wsss("compare", temp.toString(), temp.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: "
                + temp
                + " is no run's folder and holds none; name a folder that train or run has written, or"
                + " one that holds such folders, as a cell of an ablation does\n");
    assertThat(wsss("compare", "a", "b", "--format", "html")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no format 'html'; allowed are terminal, markdown, csv, latex\n");
  }

  @Test
  void tuneNamesWhatOtsuLacks() {
    Path folder = temp.resolve("tuned");
    assertThat(
            wsss(
                "tune",
                "quickstart-pipeline",
                "--out",
                folder.toString(),
                "-o",
                "pseudo-labels.background=otsu"))
        .isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            error: pseudo-labels.background is otsu, which has no number to choose; name a key with \
            --try, for example --try pseudo-labels.background=otsu,threshold
            """);
    assertThat(folder).doesNotExist();
  }

  @Test
  void nothingIsAnsweredWithTheHelp() {
    wsss("--help");
    String help = out.toString();
    assertThat(wsss()).isEqualTo(2);
    assertThat(err).hasToString(help);
    assertThat(out).hasToString("");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearestOne() {
    assertThat(wsss("trian")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            error: Unmatched argument at index 0: 'trian'
            Did you mean: wsss train?
            Try 'wsss --help'.
            """);
  }

  @Test
  void anUnknownConfigurationIsAnsweredWithTheKnownOnes() {
    assertThat(wsss("ablate", "quickstrat", "--out", temp.resolve("out").toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            error: configuration: found 'quickstrat': no such file, and no configuration of that \
            name on the class path; known are coco14-resnet50, photographs, photographs-pipeline, quickstart, \
            quickstart-base, quickstart-pipeline, steel-defects, voc12-base, voc12-recipe-base, voc12-resnet18, \
            voc12-resnet38, voc12-resnet50, voc12-subset, voc12-subset-pipeline, voc12-vit-small; did you mean 'quickstart'?
            """);
  }

  @Test
  void aMisspeltOverrideIsAnsweredWithTheNearestKey() {
    assertThat(wsss("train", config.toString(), "-o", "optimiser.rat=0.1")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: -o optimiser.rat=0.1: optimiser.rat: unknown key; allowed are momentum, rate,"
                + " weight-decay, bias-rate-factor, bias-decay, new-layer-rate-factor, schedule,"
                + " power, warm-up-steps, clip-norm, type; did you mean 'rate'?\n");
  }

  @Test
  void anOverrideWithoutAValueIsRefused() {
    assertThat(wsss("train", config.toString(), "-o", "optimiser.rate")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: -o optimiser.rate: found no '='; allowed is key=value, for example -o"
                + " optimiser.rate=0.01\n");
  }

  @Test
  void printConfigSaysWhereEachValueComesFrom() {
    assertThat(wsss("train", config.toString(), "--print-config", "-o", "optimiser.rate=0.5"))
        .isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            " epochs: 2 # " + config + ":4:20",
            " rate: 0.5 # -o optimiser.rate=0.5",
            " momentum: 0.9 # default");
    assertThat(err).hasToString("");
  }

  @Test
  void printConfigOfAnAblationShowsEveryCell() {
    assertThat(wsss("ablate", "quickstart", "--print-config", "--seeds", "7,8")).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("---")))
        .containsExactly(
            "--- # cell baseline seed 7",
            "--- # cell rcm seed 7",
            "--- # cell mam seed 7",
            "--- # cell full seed 7");
  }

  @Test
  void trainingNeedsAFolder() {
    assertThat(wsss("train", config.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString("error: --out is missing; give a folder, for example --out runs/first\n");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path used = Files.createDirectory(temp.resolve("used"));
    Files.writeString(used.resolve("notes.txt"), "mine");
    assertThat(wsss("train", config.toString(), "--out", used.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: "
                + used
                + " is not empty, and nothing in it is overwritten; choose another folder\n");
    assertThat(wsss("ablate", "quickstart", "--out", used.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: " + used + " is not empty and no ablation's folder; choose another folder\n");
    assertThat(used).isDirectoryContaining("glob:**notes.txt").isDirectoryNotContaining("glob:**g");
  }

  @Test
  void aRunOfAnotherConfigurationIsNotResumed() throws IOException {
    Path out = temp.resolve("out");
    ResolvedRun first = ResolvedRun.load(config.toString());
    new RunFolder(out).describe(first, Run.dataOf(first.config()), "cpu");
    int code =
        wsss(
            "train",
            config.toString(),
            "--resume",
            "--out",
            out.toString(),
            "-o",
            "optimiser.rate=0.5");
    assertThat(code).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: cannot resume "
                + out
                + ": since it was started, optimiser.rate was 0.01 and is 0.5; give the same"
                + " configuration, or choose another folder\n");
  }

  @Test
  void aRunAndAnAblationAreToldApart() {
    assertThat(wsss("train", "quickstart", "--out", "x")).isEqualTo(2);
    assertThat(err).hasToString("error: quickstart is an ablation; run it with 'wsss ablate'\n");
    assertThat(wsss("ablate", "quickstart-base", "--out", "x")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: quickstart-base is a single run, without axes; run it with 'wsss train'\n");
  }

  @Test
  void aMissingDataSetHasItsOwnExitCode() {
    Path nowhere = temp.resolve("nowhere");
    int code =
        wsss(
            "ablate",
            "voc12-subset",
            "--out",
            temp.resolve("out").toString(),
            "-o",
            "data.root=" + nowhere,
            "-o",
            "network.backbone={type: tiny}");
    assertThat(err)
        .hasToString(
            "error: every cell: no folder "
                + nowhere
                + " (key data.root); expected is a folder with JPEGImages/,"
                + " ImageSets/Segmentation/*.txt and, for scoring, SegmentationClass/\n");
    assertThat(code).isEqualTo(3);
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path weights = temp.resolve("other.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray stem = manager.zeros(new Shape(1, 3, 1, 1));
      stem.setName("stem.weight");
      Files.write(weights, new NDList(stem).encode(NDList.Encoding.SAFETENSORS));
    }
    Path out = temp.resolve("out");
    int code =
        wsss(
            "train",
            config.toString(),
            "--out",
            out.toString(),
            "-o",
            "network.backbone={type: resnet18}",
            "-o",
            "network.backbone.weights=" + weights);
    assertThat(err)
        .hasToString(
            """
            error: network.backbone.weights: weights %s do not fit resnet18: 0 misshapen, 100 missing, 1 unexpected
              missing: conv1.weight 64×3×7×7
              missing: bn1.weight 64
              missing: bn1.bias 64
              missing: bn1.running_mean 64
              missing: bn1.running_var 64
              missing: layer1.0.conv1.weight 64×64×3×3
              missing: layer1.0.bn1.weight 64
              missing: layer1.0.bn1.bias 64
              missing: layer1.0.bn1.running_mean 64
              missing: layer1.0.bn1.running_var 64
              missing: layer1.0.conv2.weight 64×64×3×3
              missing: layer1.0.bn2.weight 64
              missing: layer1.0.bn2.bias 64
              missing: layer1.0.bn2.running_mean 64
              missing: layer1.0.bn2.running_var 64
              missing: layer1.1.conv1.weight 64×64×3×3
              missing: layer1.1.bn1.weight 64
              missing: layer1.1.bn1.bias 64
              missing: layer1.1.bn1.running_mean 64
              missing: layer1.1.bn1.running_var 64
              … and 80 more missing
              unexpected: stem.weight 1×3×1×1
              name another file with -o network.backbone.weights=FILE, such as that of 'wsss weights fetch resnet18'
            """
                .formatted(weights));
    assertThat(code).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void labelsGoToANewFolder() throws IOException {
    Files.createFile(temp.resolve("config.resolved.yaml"));

    assertThat(wsss("eval", temp.toString(), "--out", temp.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: " + temp + " exists; --out takes a new folder, so that nothing is lost\n");
  }

  @Test
  void onlyARunsFolderIsScored() {
    assertThat(wsss("eval", temp.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString("error: " + temp + " is no run's folder: it has no config.resolved.yaml\n");
  }

  @Test
  void anAblationsFolderIsToldWithOneOfItsRuns() throws IOException {
    Path run = Files.createDirectories(temp.resolve("cells/full/seed-1"));
    String end = "; it is an ablation's: name one of its runs, such as " + run + "\n";

    assertThat(wsss("eval", temp.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: " + temp + " is no run's folder: it has no config.resolved.yaml" + end);
    String out = temp.resolve("out").toString();
    assertThat(wsss("predict", temp.toString(), temp.toString(), "--out", out)).isEqualTo(3);
    Files.createFile(temp.resolve("a.jpg"));
    assertThat(wsss("predict", temp.toString(), temp.toString(), "--out", out)).isEqualTo(2);
    assertThat(err).hasToString("error: " + temp + " is no run's folder" + end);
    Path cell = temp.resolve("cells/full");
    assertThat(wsss("predict", cell.toString(), temp.toString(), "--out", out)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: " + cell + " is no run's folder: it has no config.resolved.yaml" + end);
  }

  @Test
  void modulesAreListedByKind() {
    assertThat(wsss("modules")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +.*", "")).distinct())
        .contains("Backbone", "CamHead", "Metric", "SegmentationDataset", "SelfSupervision");
  }

  @Test
  void aBrokenJarIsNamed() throws IOException {
    Path jar = Files.writeString(temp.resolve("mine.jar"), "<html>not found</html>");
    classPath = jar.toString();

    assertThat(wsss("modules")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: "
                + jar
                + " is no whole jar (zip END header not found); copy it again, or remove it from"
                + " the class path\n");
  }

  @Test
  void aModuleIsExplained() {
    assertThat(wsss("explain", "rcm")).isZero();
    assertThat(out.toString()).startsWith("rcm: a SelfSupervision from ").contains("temperature");
    assertThat(wsss("explain", "large-field-of-view")).isZero();
    assertThat(out.toString())
        .startsWith("large-field-of-view: a SegmentationHead from ")
        .contains("dilation");
  }

  @Test
  void everyTopLevelKeyAndEveryInterfaceIsExplained() {
    Stream.of(RunConfig.class, AblationConfig.class)
        .flatMap(root -> Arrays.stream(root.getRecordComponents()))
        .map(component -> Kebab.of(component.getName()))
        .forEach(
            key -> {
              assertThat(wsss("explain", key)).as(key).isZero();
              assertThat(out.toString()).startsWith(key + "\n  ").contains("\n  takes ");
            });
    for (Spi spi : Spi.ALL) {
      String name = spi.type().getSimpleName();
      assertThat(wsss("explain", name)).as(name).isZero();
      assertThat(out.toString()).startsWith(name + ": an interface").contains("\ntype ");
    }
    assertThat(wsss("explain")).isZero();
    assertThat(out.toString()).startsWith("A run.\n").contains("\nAn ablation: ", "\naxes ");
  }

  @Test
  void theSchemaKnowsRunsAndAblations() {
    assertThat(wsss("schema")).isZero();
    assertThat(out.toString()).contains("\"optimiser\"", "\"axes\"");
  }

  @Test
  void anUnexpectedErrorShowsItsPlaceOnlyWhenAsked() {
    ClassLoader broken =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public java.util.Enumeration<java.net.URL> getResources(String name) {
            throw new IllegalStateException("no disk");
          }
        };
    assertThat(wsss(broken, "modules")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            """
            unexpected error: java.lang.IllegalStateException: no disk
            The option --debug shows where it came from.
            """);
    assertThat(wsss(broken, "modules", "--debug")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("unexpected error: java.lang.IllegalStateException: no disk\n")
        .contains("\tat ");
  }
}
