package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTrainingTest {
  private static final String FIRST = "first={self-supervision: null, training: {epochs: 1}}";

  @TempDir private Path temp;

  @Test
  void startsTheTrainingWhereTheFirstHasEnded() throws IOException {
    Heard heard = new Heard();
    PipelineResult result = pipeline("a", FIRST).run(until("maps"), heard);

    assertThat(heard.lines)
        .containsExactly(
            "train-first: it has not run here",
            "train: it has not run here",
            "maps: it has not run here");
    Path first = result.folder("train-first");
    assertThat(first.resolve("config.resolved.yaml"))
        .content()
        .doesNotContain("type: rcm", "type: mam")
        .contains("epochs: 1 ");

    Path alone = temp.resolve("alone");
    ResolvedRun sameByHand =
        SmallRuns.resolved("training.start='%s'".formatted(first), "pseudo-labels={}");
    try (Run run = Run.open(sameByHand, alone, Resume.FRESH)) {
      run.learn(RunListener.SILENT);
    }
    assertThat(networks(result.folder("train"))).isEqualTo(networks(alone));
    assertThat(result.folder("train").resolve("config.resolved.yaml"))
        .content()
        .contains("start: " + first + "  # stage train-first");
  }

  @Test
  void aChangeOfEitherRerunsWhatDependsOnIt() {
    pipeline("a", FIRST).run(until("maps"), PipelineListener.SILENT);
    assertThat(plan("a", FIRST))
        .containsExactly("train-first KEPT []", "train KEPT []", "maps KEPT []");
    assertThat(plan("a", FIRST, "teacher.decay=0.8"))
        .as("the first training takes over what it does not say itself")
        .containsExactly(
            "train-first RUNS [first.teacher.decay was 0.9 and is 0.8]",
            "train RUNS [stage train-first has work to do]",
            "maps RUNS [stage train has work to do]");
    assertThat(plan("a", FIRST, "training.epochs=3", "self-supervision.rcm.weight=2"))
        .containsExactly(
            "train-first KEPT []",
            "train RUNS [self-supervision.rcm.weight was 1.0 and is 2.0, training.epochs was 2 and is 3]",
            "maps RUNS [stage train has work to do]");
    assertThat(plan("a"))
        .as("without the first")
        .containsExactly(
            "train RUNS [it has not run here]", "maps RUNS [stage train has work to do]");
  }

  @Test
  void isTriedBeforeTheRun() {
    List<String> tried = new ArrayList<>();
    Trial.Limits oneRound = new Trial.Limits(0, 0);
    PipelineEstimate estimate = pipeline("a", FIRST).estimate(until("maps"), oneRound, tried::add);
    assertThat(tried).startsWith("train-first", "train", "maps");
    assertThat(estimate.stages()).hasSize(3);
  }

  @Test
  void goesOnWhereTheSecondTrainingWasInterrupted() throws IOException {
    PipelineResult whole = pipeline("whole", FIRST).run(until("train"), PipelineListener.SILENT);
    assertThatThrownBy(() -> pipeline("broken", FIRST).run(until("train"), new InterruptTrain()))
        .hasMessage("stage train: stopped in epoch 2 of 2; the checkpoint of epoch 1 is kept");
    assertThat(Thread.interrupted()).isTrue();
    Heard heard = new Heard();
    PipelineResult broken = pipeline("broken", FIRST).run(until("train"), heard);
    assertThat(heard.lines).containsExactly("train-first kept", "train: it is not finished");
    assertThat(networks(broken.folder("train"))).isEqualTo(networks(whole.folder("train")));
  }

  @Test
  void itsResolvedConfigurationMeansTheSameFromAnyFolder() throws IOException {
    Path file = temp.resolve("here/mine.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        data: {type: synthetic, train: 32, val: 16, side: 32}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        network: {backbone: {type: tiny, width: 8}, head: {type: projected, channels: 16}}
        self-supervision: {rcm: {}, mam: {}}
        first:
          self-supervision: {mam: null}
          training: {start: ../runs/other, epochs: 3}
          teacher: copy
        """);
    ClassLoader classes = getClass().getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    ResolvedRun run = ResolvedRun.bind(loader, loader.load(file.toString(), List.of()));
    Path kept = Files.writeString(temp.resolve("kept.yaml"), run.describe());
    ResolvedRun again = ResolvedRun.bind(loader, loader.load(kept.toString(), List.of()));

    assertThat(again.first().orElseThrow().config()).isEqualTo(run.first().orElseThrow().config());
    assertThat(again.second().config()).isEqualTo(run.second().config());
    assertThat(run.first().orElseThrow().config().training().start())
        .contains(temp.resolve("runs/other"));
    assertThat(run.first().orElseThrow().config().selfSupervision()).containsOnlyKeys("rcm");
    assertThat(run.second().config().selfSupervision()).containsOnlyKeys("rcm", "mam");
  }

  @Test
  void keysThatBothTrainingsShareAreRefusedAndSoIsASingleRun() {
    assertThatThrownBy(() -> SmallRuns.resolved("first={optimizer: {rate: 0.1}, network: {}}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            -o first={optimizer: {rate: 0.1}, network: {}}: first.optimizer is not for a first training, which has networks, pictures and all that comes after training from the rest; allowed are augmentation, self-supervision, teacher, optimiser, classification-loss, training, listeners; did you mean 'optimiser'?
            -o first={optimizer: {rate: 0.1}, network: {}}: first.network is not for a first training, which has networks, pictures and all that comes after training from the rest; allowed are augmentation, self-supervision, teacher, optimiser, classification-loss, training, listeners""");
    assertThatThrownBy(() -> SmallRuns.resolved("first=runs/a"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("-o first=runs/a: first: found 'runs/a'; allowed is a mapping");
    ResolvedRun run = SmallRuns.resolved(FIRST);
    assertThatThrownBy(() -> Run.open(run, temp.resolve("a"), Resume.FRESH))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "first: a run trains once; wsss run has a first training, and so do ablations whose"
                + " cells have the block pseudo-labels, which may be empty (pseudo-labels: {})");
  }

  private List<String> plan(String folder, String... overrides) {
    return pipeline(folder, overrides).plan(until("maps")).stream()
        .map(stage -> stage.name() + " " + stage.action() + " " + stage.reasons())
        .toList();
  }

  private Pipeline pipeline(String folder, String... overrides) {
    return new Pipeline(SmallRuns.resolved(overrides), temp.resolve(folder));
  }

  private static PipelineRange until(String stage) {
    return new PipelineRange(Optional.empty(), Optional.of(stage));
  }

  private static List<String> networks(Path run) throws IOException {
    Path last = run.resolve("checkpoints/last");
    return List.of(
        Sha256.of(last.resolve("student.safetensors")),
        Sha256.of(last.resolve("teacher.safetensors")));
  }

  /** Interrupts the second training after its first epoch. */
  private static final class InterruptTrain implements PipelineListener {
    @Override
    public StageListener started(int number, int of, String stage, Path folder, String reason) {
      return new StageListener() {
        @Override
        public RunListener training() {
          return new RunListener() {
            @Override
            public void epoch(EpochReport report) {
              if (stage.equals("train")) {
                Thread.currentThread().interrupt();
              }
            }
          };
        }
      };
    }
  }

  /** Writes down what it hears. */
  private static final class Heard implements PipelineListener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void kept(int number, int of, String stage, Path folder) {
      lines.add(stage + " kept");
    }

    @Override
    public StageListener started(int number, int of, String stage, Path folder, String reason) {
      lines.add(stage + ": " + reason);
      return StageListener.SILENT;
    }
  }
}
