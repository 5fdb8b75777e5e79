package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.eval.image.MaskFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the README shows, made smaller where it would take minutes. A line that is added there
 * fails {@link #everyCommandIsRunHere} until it is run here.
 */
class ReadmeTest {
  private static final String QUICKSTART = "./wsss ablate quickstart --out runs/quickstart";
  private static final String VERIFY = "mvn -B verify";
  private static final String PIPELINE =
      "./wsss run photographs-pipeline --out runs/masks -o data.root=/path/to/folder"
          + " -o network.backbone.weights=mobilenet_v2-b0353104.pth"
          + " -o network.backbone.input=imagenet";
  private static final String SEGMENT = "./wsss predict runs/masks photos --out labels/photos";
  private static final String OWN =
      "./wsss train photographs --out runs/mine -o data.root=/path/to/folder"
          + " -o network.backbone.weights=mobilenet_v2-b0353104.pth"
          + " -o network.backbone.input=imagenet";
  private static final String LABEL = "./wsss eval runs/mine --split train --out labels/mine";
  private static final String PREDICT = "./wsss predict runs/mine photos --out labels/new";
  private static final String BUILD_MODULE =
      "mvn -B -pl examples/custom-module -am package -DskipTests";
  private static final String DROP_MODULE =
      "mkdir -p plugins && cp examples/custom-module/target/agreement-1.0.0-SNAPSHOT.jar plugins/";
  private static final String USE_MODULE =
      "./wsss train quickstart-base --out runs/agreement -o self-supervision.agreement.weight=0.5";
  private static final String[] SMALL = {
    "-o", "training.epochs=1", "-o", "data.train=32", "-o", "data.val=16"
  };

  @TempDir Path folder;
  private Distribution wsss;

  @BeforeEach
  void open() {
    wsss = new Distribution(folder);
  }

  @Test
  void everyCommandIsRunHere() {
    assertThat(Readme.commands())
        .containsExactly(
            QUICKSTART,
            VERIFY,
            PIPELINE,
            SEGMENT,
            OWN,
            PREDICT,
            LABEL,
            BUILD_MODULE,
            DROP_MODULE,
            USE_MODULE);
  }

  @Test
  void theQuickstartPrintsTheTableAndLeavesItsFiles() throws Exception {
    String printed = wsss.run(QUICKSTART, with("--seeds", "1,2"));

    assertThat(printed).contains("baseline", "rcm", "mam", "full", "held-out", "oracle");
    Path out = folder.resolve("runs/quickstart");
    List<String> rows = Files.readAllLines(out.resolve("ablation.csv"));
    assertThat(rows.get(0))
        .isEqualTo("cell,seed,split,threshold_mode,threshold,miou,precision,recall");
    assertThat(rows).hasSize(1 + 4 * 2 * 2); // cells, seeds, threshold modes
    assertThat(out.resolve("ablation.md")).exists();
    assertThat(out.resolve("overlays.png")).exists();
  }

  @Test
  void aFolderOfPhotographsBecomesMasksAndANetwork() throws Exception {
    Path weights = SharedFiles.require("weights/mobilenet_v2-imagenet.safetensors");
    String line =
        PIPELINE
            .replace("/path/to/folder", photographs().toString())
            .replace("mobilenet_v2-b0353104.pth", weights.toString());
    String[] small = {
      "-o", "first.training.epochs=1",
      "-o", "training.epochs=1",
      "-o", "training.batch=2",
      "-o", "augmentation.crop=64",
      "-o", "segmentation.training={epochs: 1, batch: 2}",
      "-o", "segmentation.augmentation={long-side-min: 64, long-side-max: 96, crop: 64}"
    };
    assertThat(wsss.run(line, small))
        .contains("seeds", "refine-dense-crf", "network")
        .contains("masks of the training pictures are in ", "masks of the last stage are in ")
        .contains("pictures under the masks of each stage are in ");
    assertThat(folder.resolve("runs/masks/report.html")).exists();
    assertThat(wsss.run(line + " --explain", small)).contains("kept").doesNotContain("runs");

    wsss.run(SEGMENT.replace("runs/masks photos", "runs/masks photographs/images"));
    assertThat(folder.resolve("labels/photos/masks/picture 5.png")).exists();
  }

  @Test
  void aFolderOfPhotographsTrainsResumesAndIsLabelled() throws Exception {
    Path weights = SharedFiles.require("weights/mobilenet_v2-imagenet.safetensors");
    String line =
        OWN.replace("/path/to/folder", photographs().toString())
            .replace("mobilenet_v2-b0353104.pth", weights.toString());

    assertThat(wsss.run(line + " --print-config")).contains("data:", "# -o ", "# default");
    String[] small = {
      "-o", "training.epochs=1", "-o", "training.batch=2", "-o", "augmentation.crop=64"
    };
    wsss.run(line, small);
    assertThat(folder.resolve("runs/mine/scores.json")).exists();
    wsss.run(line + " --resume", small);

    wsss.run(LABEL);
    assertThat(folder.resolve("labels/mine/masks/picture 3.png")).exists();
    assertThat(folder.resolve("labels/mine/cams/picture 0.png")).exists();

    wsss.run(PREDICT.replace("photos", "photographs/images"));
    assertThat(folder.resolve("labels/new/masks/picture 5.png")).exists();
    assertThat(folder.resolve("labels/new/overlays/picture 5.jpg")).exists();
  }

  @Test
  void explainsAndListsModules() throws Exception {
    assertThat(wsss.run("./wsss explain data")).contains("synthetic", "folder", "voc");
    assertThat(wsss.run("./wsss modules")).contains("rcm", "mam", "mobilenet-v2", "cam-miou");
  }

  @Test
  void aModuleDroppedIntoPluginsIsTrainedAndAblated() throws Exception {
    Path jar =
        SharedFiles.repository()
            .resolve("examples/custom-module/target/agreement-1.0.0-SNAPSHOT.jar");
    assertThat(jar).as("what '%s' builds", BUILD_MODULE).exists();
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(jar, plugins.resolve(jar.getFileName()));

    wsss.run(USE_MODULE, SMALL);
    assertThat(Files.readString(folder.resolve("runs/agreement/metrics.csv")))
        .contains(",agreement,");

    Files.writeString(
        folder.resolve("agreement.yaml"),
        """
        base: quickstart-base
        axes:
          agreement:
            off: {}
            on: {self-supervision: {agreement: {weight: 0.5}}}
        seeds: [1]
        """);
    wsss.run("./wsss ablate agreement.yaml --out runs/cells", SMALL);
    assertThat(Files.readString(folder.resolve("runs/cells/ablation.csv")))
        .contains("agreement=on", "agreement=off");
  }

  @Test
  void theAblationOfOnesOwnRuns() throws Exception {
    String yaml = Readme.blocks("yaml").get(0);
    Files.writeString(folder.resolve("mine.yaml"), yaml);

    wsss.run("./wsss ablate mine.yaml --out runs/mine", with("--seeds", "1"));

    assertThat(Files.readAllLines(folder.resolve("runs/mine/ablation.csv"))).hasSize(1 + 4 * 2);
  }

  @Test
  void theProgramIsTheEmbeddedExample() throws IOException {
    Path source =
        SharedFiles.repository()
            .resolve("examples/embedded/src/main/java/org/example/embedded/TrainAndLabel.java");

    assertThat(Readme.blocks("java").get(0)).isEqualTo(Files.readString(source));
  }

  @Test
  void theDependencyHasTheCoordinatesOfThisBuild() {
    assertThat(Readme.blocks("xml").get(0))
        .contains("<groupId>dev.wsss</groupId>", "<artifactId>wsss-train</artifactId>")
        .contains("<version>0.1.0-SNAPSHOT</version>");
  }

  private static String[] with(String... more) {
    String[] all = Arrays.copyOf(SMALL, SMALL.length + more.length);
    System.arraycopy(more, 0, all, SMALL.length, more.length);
    return all;
  }

  /** Six small pictures of two classes, with masks. */
  private Path photographs() throws IOException {
    Path root = folder.resolve("photographs");
    Files.createDirectories(root.resolve("images"));
    Files.createDirectories(root.resolve("masks"));
    Files.writeString(root.resolve("classes.txt"), "background\nleft\nright\n");
    StringBuilder labels = new StringBuilder("image,split,labels\n");
    for (int i = 0; i < 6; i++) {
      String name = "picture " + i;
      BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_BYTE_GRAY);
      byte[] mask = new byte[80 * 64];
      for (int p = 0; p < mask.length; p++) {
        boolean inside = p % 80 / 40 == i % 2 && p / 80 > 20;
        mask[p] = (byte) (inside ? 1 + i % 2 : 0);
        image.getRaster().setSample(p % 80, p / 80, 0, inside ? 200 : 40);
      }
      ImageIO.write(image, "png", root.resolve("images").resolve(name + ".png").toFile());
      new MaskFile(root.resolve("masks").resolve(name + ".png")).write(new IndexMask(80, 64, mask));
      labels.append(name).append(".png,").append(i < 4 ? "train," : "val,");
      labels.append(i % 2 == 0 ? "left\n" : "right\n");
    }
    Files.writeString(root.resolve("labels.csv"), labels);
    return root;
  }
}
