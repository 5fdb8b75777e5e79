package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.config.Choice;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentity.Content;
import dev.wsss.train.provenance.RunIdentity.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunIdentitiesTest {
  @TempDir private Path temp;

  private final RunConfig before = SmallRuns.config();

  private List<String> trainingChanges(String... overrides) {
    return training(SmallRuns.config(overrides)).changesSince(training(before));
  }

  private List<String> scoringChanges(String... overrides) {
    return scoring(SmallRuns.config(overrides)).changesSince(scoring(before));
  }

  private static Part training(RunConfig config) {
    return new RunIdentities().training(config);
  }

  private static Part scoring(RunConfig config) {
    return new RunIdentities().scoring(config);
  }

  @Test
  void changesAreNamedAsInAConfiguration() {
    assertThat(trainingChanges("optimiser.rate=0.1", "self-supervision.rcm.threshold=0.4"))
        .containsExactly(
            "optimiser.rate was 0.05 and is 0.1",
            "self-supervision.rcm.threshold was 0.3 and is 0.4");
    assertThat(trainingChanges("self-supervision.mam=null"))
        .containsExactly("self-supervision.mam is gone");
    assertThat(trainingChanges("self-supervision.second={type: rcm}"))
        .containsExactly("self-supervision.second is new");
    assertThat(trainingChanges("teacher={type: frozen}"))
        .containsExactly("teacher was ema and is frozen");
  }

  @Test
  void scoringIsApartFromTraining() {
    for (String scoring :
        List.of("cams.flip=false", "scoring.network=teacher", "metrics.image-map=null")) {
      assertThat(trainingChanges(scoring)).as(scoring).isEmpty();
      assertThat(scoringChanges(scoring)).as(scoring).hasSize(1);
    }
    assertThat(scoringChanges("optimiser.rate=0.1")).isEmpty();
  }

  @Test
  void workersChangeNothing() {
    assertThat(trainingChanges("training.workers=3")).isEmpty();
    assertThat(scoringChanges("training.workers=3")).isEmpty();
  }

  @Test
  void theDataSetsPathIsNotWhatItIs() throws IOException {
    Path root = Files.createDirectories(temp.resolve("images")).getParent();
    String data = "data={type: folder, root: '%s', unlabelled: %s}";
    RunConfig here = SmallRuns.config(data.formatted(root, "fail"));
    RunConfig moved = SmallRuns.config(data.formatted(root.resolve("elsewhere"), "fail"));
    RunConfig other = SmallRuns.config(data.formatted(root, "keep"));
    assertThat(training(moved).changesSince(training(here))).isEmpty();
    assertThat(training(other).changesSince(training(here)))
        .containsExactly("data.unlabelled was fail and is keep");
  }

  @Test
  void aFileOfWeightsIsItsContent() throws IOException {
    Path first = Files.writeString(temp.resolve("first"), "1");
    Path copy = Files.writeString(temp.resolve("copy"), "1");
    Path other = Files.writeString(temp.resolve("other"), "2");
    Part before = training(starting(first));
    assertThat(training(starting(copy)).changesSince(before)).isEmpty();
    assertThat(training(starting(other)).changesSince(before))
        .containsExactly("the content of network.backbone.weights has changed");
    Files.delete(first);
    assertThat(training(starting(first)).changesSince(before))
        .as("the file may go once a run has read it")
        .isEmpty();
    assertThat(training(withoutWeights()).changesSince(before))
        .containsExactly("network.backbone.weights is gone");
  }

  private static RunConfig starting(Path weights) {
    return SmallRuns.config(
        "network.backbone={type: mobilenet-v2, batch-norm: trained, frozen-stages: 0, weights: '%s'}"
            .formatted(weights));
  }

  private static RunConfig withoutWeights() {
    return SmallRuns.config(
        "network.backbone={type: mobilenet-v2, batch-norm: trained, frozen-stages: 0}");
  }

  @Test
  void aRunThatStartsFromAnotherDependsOnThatOnesNetworks() throws IOException {
    Path checkpoint = Files.createDirectories(temp.resolve("run/checkpoints/last"));
    Path student = Files.writeString(checkpoint.resolve("student.safetensors"), "1");
    RunConfig config = SmallRuns.config("training.start='%s'".formatted(temp.resolve("run")));
    Part before = training(config);
    Files.writeString(student, "2");
    assertThat(training(config).changesSince(before))
        .containsExactly("the content of training.start has changed");
  }

  @Test
  void codeIsThatOfTheModulesInUse() {
    assertThat(training(before).code())
        .containsKeys("SelfSupervision rcm", "Backbone tiny", "TeacherUpdate ema")
        .doesNotContainKeys("Backbone resnet18", "Metric cam-miou");
    assertThat(scoring(before).code()).containsOnlyKeys("Metric cam-miou", "Metric image-map");
    assertThat(training(before).code().get("SelfSupervision rcm").sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void aModuleWhoseJarWasRebuiltIsAnotherOne() throws IOException, ReflectiveOperationException {
    Part before = training(withTeacherFrom(jar("v1", "one")));
    assertThat(training(withTeacherFrom(jar("again", "one"))).changesSince(before)).isEmpty();
    assertThat(training(withTeacherFrom(jar("v2", "two"))).changesSince(before))
        .containsExactly("the code in mine.jar has changed");
  }

  /** A jar {@code mine.jar} with the class of {@link Still} and a text. */
  private Path jar(String folder, String text) throws IOException {
    Path jar = Files.createDirectories(temp.resolve(folder)).resolve("mine.jar");
    String name = Still.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream still = Still.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      still.transferTo(out);
      out.putNextEntry(new JarEntry("text"));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private RunConfig withTeacherFrom(Path jar) throws IOException, ReflectiveOperationException {
    try (OwnFirst loader = new OwnFirst(jar)) {
      Class<? extends TeacherUpdate> type =
          loader.loadClass(Still.class.getName()).asSubclass(TeacherUpdate.class);
      RunConfig c = before;
      return new RunConfig(
          c.data(),
          c.augmentation(),
          c.network(),
          c.selfSupervision(),
          new Choice<>(
              new RegisteredModule<>(
                  TeacherUpdate.class, "still", StillConfig.class, type, "mine.jar"),
              new StillConfig()),
          c.optimiser(),
          c.classificationLoss(),
          c.training(),
          c.cams(),
          c.scoring(),
          c.metrics(),
          c.listeners(),
          c.first(),
          c.pseudoLabels(),
          c.segmentation(),
          c.engine());
    }
  }

  /** A teacher that never learns. */
  static final class Still implements TeacherUpdate {
    @Override
    public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {}
  }

  private record StillConfig() {}

  /** Loads {@link Still} from its jar, not from the classes of this test. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(Path jar) throws IOException {
      super(new URL[] {jar.toUri().toURL()}, RunIdentitiesTest.class.getClassLoader());
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      return name.equals(Still.class.getName()) ? findClass(name) : super.loadClass(name);
    }
  }

  @Test
  void aRebuiltJarIsNamedOnce() {
    Part now = withCode("rcm-2.jar", "b", "mine.jar", "d");
    Part then = withCode("rcm-1.jar", "a", "mine.jar", "c");
    assertThat(now.changesSince(then))
        .containsExactly(
            "the code in mine.jar has changed", "the code in rcm-1.jar is now that in rcm-2.jar");
    assertThat(withCode("renamed.jar", "a", "mine.jar", "c").changesSince(then)).isEmpty();
  }

  private static Part withCode(String rcm, String rcmHash, String mine, String mineHash) {
    SortedMap<String, Content> code = new TreeMap<>();
    code.put("SelfSupervision rcm", new Content(rcm, rcmHash));
    code.put("Backbone mine", new Content(mine, mineHash));
    code.put("CamHead mine", new Content(mine, mineHash));
    return new Part(new TreeMap<>(), new TreeMap<>(), code);
  }

  @Test
  void aRunThatTwoVersionsTrainedEqualsNeither() {
    Part first = withCode("rcm.jar", "a", "mine.jar", "c");
    Part second = withCode("rcm.jar", "b", "mine.jar", "c");
    Part both = second.begunWith(first);
    assertThat(first.changesSince(both)).containsExactly("the code in rcm.jar has changed");
    assertThat(second.changesSince(both)).containsExactly("the code in rcm.jar has changed");
    assertThat(first.begunWith(first).changesSince(first)).isEmpty();
  }
}
