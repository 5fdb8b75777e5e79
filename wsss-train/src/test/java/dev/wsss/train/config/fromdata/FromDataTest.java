package dev.wsss.train.config.fromdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.run.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recipe {@code photographs} makes of a data set. */
class FromDataTest {
  private static final String WEIGHTS = "network.backbone.weights=weights.safetensors";

  @TempDir private Path root;

  private static AugmentationConfig resized(int least, int most) {
    return new AugmentationConfig(least, most, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 192, 512);
  }

  /**
   * Six pictures of one of two classes each, four of them to train with, one of which is left out.
   */
  private ResolvedRun load(String... more) throws IOException {
    new PictureFolder(root);
    String[] assignments = new String[more.length + 2];
    assignments[0] = "data.root=" + root;
    assignments[1] = WEIGHTS;
    System.arraycopy(more, 0, assignments, 2, more.length);
    return ResolvedRun.load("photographs", assignments);
  }

  @Test
  void nothingButTwoPathsIsAskedFor() throws IOException {
    ResolvedRun run = load();

    assertThat(run.derived())
        .extracting(DerivedValue::toString)
        .containsExactly(
            "network.head.prior: 0.5 (3 of 3 × 2 labels are given)",
            "optimiser.rate: 0.0003 (the loss is a mean over classes: 0.003 does for 20, so"
                + " 0.003 × 2 / 20)",
            "training.epochs: 40 (3 pictures; more epochs would learn them by heart)",
            "training.batch: 3 (there are no more pictures)",
            "cams.picture-side: 85 (a longer side of 64; training shows 256 to 512; a larger picture"
                + " would be enlarged beyond that)",
            "cams.scales: [3, 6, 8] (a longer side of 64; training shows 256 to 512)");
    assertThat(run.config().optimiser().rate()).isEqualTo(0.0003);
    assertThat(run.config().training().epochs()).isEqualTo(40);
    assertThat(run.config().training().batch()).isEqualTo(3);
    assertThat(run.config().cams().scales()).containsExactly(3.0, 6.0, 8.0);
    assertThat(run.config().selfSupervision()).isEmpty();
    assertThat(run.describe())
        .containsPattern("(?m)^    prior: 0.5 +# from data: 3 of 3 × 2 labels are given$")
        .contains("# from data: there are no more pictures\n");
  }

  /** The proportions of {@code voc12-subset-pipeline}: 0.003 and 0.001, 6 epochs and 4. */
  @Test
  void theSecondOfTwoTrainingsIsShorterAndSlower() throws IOException {
    new PictureFolder(root);

    ResolvedRun run = ResolvedRun.load("photographs-pipeline", "data.root=" + root, WEIGHTS);

    assertThat(run.derived())
        .extracting(DerivedValue::toString)
        .containsExactly(
            "first.optimiser.rate: 0.0003 (the loss is a mean over classes: 0.003 does for 20, so"
                + " 0.003 × 2 / 20)",
            "first.training.epochs: 40 (3 pictures; more epochs would learn them by heart)",
            "network.head.prior: 0.5 (3 of 3 × 2 labels are given)",
            "optimiser.rate: 0.0001 (a third of the first training's 0.0003)",
            "training.epochs: 27 (two thirds of the first training's 40)",
            "training.batch: 3 (there are no more pictures)",
            "cams.picture-side: 85 (a longer side of 64; training shows 256 to 512; a larger picture"
                + " would be enlarged beyond that)",
            "cams.scales: [3, 6, 8] (a longer side of 64; training shows 256 to 512)");
    RunConfig first = run.first().orElseThrow().config();
    assertThat(first.optimiser().rate()).isEqualTo(0.0003);
    assertThat(first.training().epochs()).isEqualTo(40);
    assertThat(first.training().batch()).isEqualTo(3);
    assertThat(first.selfSupervision()).isEmpty();
    assertThat(run.config().selfSupervision()).containsOnlyKeys("rcm", "mam");
    assertThat(run.describe())
        .containsPattern("(?m)^  rate: \\S+ +# from data: a third of the first training's 0.0003$")
        .containsPattern("(?m)^    rate: \\S+ +# from data: the loss is a mean over classes");
  }

  @Test
  void masksAndOtherSplitsAreNotNeeded() throws IOException {
    PictureFolder pictures = new PictureFolder(root).withoutMasks().trainingAlone();
    assertThat(
            ResolvedRun.load("photographs", pictures.data(), WEIGHTS).config().training().batch())
        .isEqualTo(5);
  }

  @Test
  void whatIsWrittenOverTheWordWins() throws IOException {
    ResolvedRun run = load("optimiser.rate=0.01", "cams.scales=[1]", "cams.picture-side=300");

    assertThat(run.config().optimiser().rate()).isEqualTo(0.01);
    assertThat(run.config().cams().scales()).containsExactly(1.0);
    assertThat(run.config().cams().pictureSide()).isEqualTo(300);
    assertThat(run.derived())
        .extracting(DerivedValue::key)
        .containsExactly("network.head.prior", "training.epochs", "training.batch");
  }

  @Test
  void aFileThatBuildsOnTheRecipeWinsToo() throws IOException {
    new PictureFolder(root.resolve("data"));
    Path mine =
        Files.writeString(
            root.resolve("mine.yaml"),
            "base: photographs\ndata: {root: data}\ntraining: {epochs: 3}\nnetwork: {backbone:"
                + " {weights: w}}\n");

    RunConfig config = ResolvedRun.load(mine.toString()).config();

    assertThat(config.training().epochs()).isEqualTo(3);
    assertThat(config.training().batch()).isEqualTo(3);
  }

  @Test
  void everyCellOfAnAblationIsDerivedByItself() throws IOException {
    new PictureFolder(root.resolve("data"));
    Path file =
        Files.writeString(
            root.resolve("mine.yaml"),
            """
            base: photographs
            data: {root: data}
            network: {backbone: {weights: w}}
            axes: {rate: {derived: {}, fixed: {optimiser: {rate: 0.01}}}}
            seeds: [1, 2]
            """);
    ClassLoader classes = getClass().getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);

    AblationPlan plan = AblationPlan.of(loader, loader.load(file, List.of()));

    assertThat(plan.runs())
        .extracting(run -> run.config().optimiser().rate())
        .containsExactly(0.0003, 0.01, 0.0003, 0.01);
    assertThat(plan.runs()).allMatch(run -> run.config().training().epochs() == 40);
  }

  /** Of two cells and two seeds, that share their data set but for one that learns elsewhere. */
  @Test
  void anAblationOpensADataSetOnceForEachSplitThatIsLearnedFrom() throws IOException {
    Path log = root.resolve("log");
    ClassLoader classes = getClass().getClassLoader();
    List<WsssPlugin> plugins = new ArrayList<>();
    ServiceLoader.load(WsssPlugin.class, classes).forEach(plugins::add);
    plugins.add(
        registry ->
            registry.add(
                SegmentationDataset.class, "counted", CountedData.Config.class, CountedData.class));
    ConfigLoader loader = new ConfigLoader(PluginCatalog.of(plugins), classes);
    Path file =
        Files.writeString(
            root.resolve("mine.yaml"),
            """
            base: quickstart-base
            data: {type: counted, log: log}
            training: {epochs: from-data, batch: from-data}
            axes: {rate: {low: {}, high: {optimiser: {rate: 0.1}}}}
            seeds: [1, 2]
            """);

    assertThat(AblationPlan.of(loader, loader.load(file, List.of())).runs()).hasSize(4);
    assertThat(log).hasContent("opened\n");

    List<String> splits = List.of("axes.rate.high.training.split=val");
    AblationPlan.of(loader, loader.load(file, splits));
    assertThat(log).hasContent("opened\nopened\nopened\n");
  }

  @Test
  void everyRecipeCanLeaveAValueToItsData() {
    ResolvedRun run =
        ResolvedRun.load("quickstart-base", "network.head.prior=from-data", "data.train=50");

    assertThat(run.derived()).extracting(DerivedValue::key).containsExactly("network.head.prior");
    assertThat(run.config().training().batch()).isEqualTo(16);
  }

  /** A run's folder keeps plain values, whatever becomes of the data. */
  @Test
  void theResolvedConfigurationNeedsNoDataAnyMore() throws IOException {
    ResolvedRun run = load();
    Path file = Files.writeString(root.resolve("resolved.yaml"), run.describe());
    Files.delete(root.resolve("labels.csv"));

    ClassLoader classes = getClass().getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    ResolvedRun again = ResolvedRun.bind(loader, loader.load(file, List.of()));

    assertThat(again.config()).isEqualTo(run.config());
    assertThat(again.derived()).isEmpty();
  }

  @Test
  void pictureSizesThatCannotBeReadAreAnErrorAndOneIsPassedBy() throws IOException {
    load();
    Files.writeString(root.resolve("images/train0.jpg"), "no picture");
    assertThat(longSide(root)).isEqualTo(64);
    for (int i = 1; i < 4; i++) {
      Files.writeString(root.resolve("images/train" + i + ".jpg"), "no picture");
    }
    assertThatThrownBy(() -> longSide(root))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "none of 4 training pictures can be read; the last of them: "
                + root.resolve("images/train3.jpg"));
  }

  private static int longSide(Path root) {
    ResolvedRun run =
        ResolvedRun.load("quickstart-base", "data={type: folder, root: " + root + "}");
    return DataFacts.of(Run.dataOf(run.config()), Run.dataOf(run.config()).examples("train"))
        .longSide();
  }

  @ParameterizedTest
  @CsvSource({
    "471, 20, 629, 0.067", // voc12-subset's training split
    "480, 3, 574, 0.4",
    "100, 1, 100, 0.5",
    "100, 4, 400, 0.5",
    "100000, 200, 5, 0.001",
  })
  void thePriorIsTheShareOfLabelsUpToAHalf(int pictures, int classes, long labels, String prior) {
    assertThat(value(Rule.PRIOR, new DataFacts(pictures, classes, labels, 375))).isEqualTo(prior);
  }

  @ParameterizedTest
  @CsvSource({"20, 0.003", "3, 0.00045", "1, 0.00015", "40, 0.006", "200, 0.006"})
  void theRateFollowsTheClasses(int classes, String rate) {
    assertThat(value(Rule.RATE, new DataFacts(100, classes, 100, 375))).isEqualTo(rate);
  }

  @ParameterizedTest
  @CsvSource({"5, 40, 5", "70, 40, 8", "100, 28, 8", "471, 6, 8", "100000, 6, 8"})
  void epochsAndBatchFollowThePictures(int pictures, String epochs, String batch) {
    DataFacts data = new DataFacts(pictures, 3, 100, 375);
    assertThat(value(Rule.EPOCHS, data)).isEqualTo(epochs);
    assertThat(value(Rule.BATCH, data)).isEqualTo(batch);
  }

  @ParameterizedTest
  @CsvSource({
    "375, '[0.5, 1, 1.5, 2]'",
    "256, '[0.5, 1, 1.5, 2]'",
    "200, '[0.96, 1.9, 2.9, 3.8]'",
    "1000, '[0.19, 0.38, 0.58, 0.77]'",
    "4000, '[0.0625, 0.096, 0.14, 0.19]'",
    "40000, '[0.0625]'",
  })
  void picturesAreScoredAsLargeAsTrainingShowsThem(int side, String scales) {
    DataFacts data = new DataFacts(100, 3, 100, side);
    assertThat(Rule.SCALES.derive(data, resized(256, 512)).value()).isEqualTo(scales);
    assertThat(Rule.SCALES.derive(data, resized(0, 0)).value()).isEqualTo("[0.5, 1, 1.5, 2]");
  }

  @ParameterizedTest
  @CsvSource({"375, 512", "256, 512", "512, 512", "200, 267", "1, 1", "513, 384", "4000, 384"})
  void noPictureIsScoredLargerThanTrainingShowsOne(int side, String pictureSide) {
    DataFacts data = new DataFacts(100, 3, 100, side);
    assertThat(value(Rule.PICTURE_SIDE, data)).isEqualTo(pictureSide);
    assertThat(Rule.PICTURE_SIDE.derive(data, resized(0, 0)).value()).isEqualTo("65535");
  }

  /**
   * Scaled down to 384 first, and then looked at as usual: shrinking averages, a scale does not.
   */
  @Test
  void largePhotographsAreScaledDownAndLookedAtAsUsual() throws IOException {
    PictureFolder pictures = new PictureFolder(root);
    for (int i = 0; i < 4; i++) {
      BufferedImage large = new BufferedImage(1000, 750, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(large, "jpg", pictures.image("train" + i + ".jpg").toFile());
    }

    assertThat(sizes(pictures, "training.epochs=1"))
        .containsExactly(
            "cams.picture-side: 384 (a longer side of 1000; training shows 256 to 512)",
            "cams.scales: [0.5, 1, 1.5, 2] (a longer side of 384 is one that training shows, 256 to"
                + " 512)");
    assertThat(sizes(pictures, "cams.picture-side=500"))
        .containsExactly(
            "cams.scales: [0.5, 1, 1.5, 2] (a longer side of 500 is one that training shows, 256 to"
                + " 512)");
    assertThat(sizes(pictures, "cams.picture-side=65535"))
        .containsExactly(
            "cams.scales: [0.19, 0.38, 0.58, 0.77] (a longer side of 1000; training shows 256 to"
                + " 512)");
  }

  private static List<String> sizes(PictureFolder pictures, String assignment) {
    return ResolvedRun.load("photographs", pictures.data(), WEIGHTS, assignment).derived().stream()
        .map(DerivedValue::toString)
        .filter(value -> value.startsWith("cams."))
        .toList();
  }

  private static String value(Rule rule, DataFacts data) {
    return rule.derive(data, resized(256, 512)).value();
  }
}
