package dev.wsss.train.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.pipeline.Pipeline;
import dev.wsss.train.pipeline.PipelineException;
import dev.wsss.train.pipeline.PipelineListener;
import dev.wsss.train.pipeline.PipelineModel;
import dev.wsss.train.pipeline.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineAblationTest {
  private static final String MAPS = "pseudo-labels={}";
  private static final String CRF = "pseudo-labels={refine: {dense-crf: {preset: irn-label}}}";
  private static final String NEW = ": it has not run here";

  @TempDir private Path temp;

  @Test
  void cellsShareTheStagesThatTheyHaveInCommon() throws IOException {
    Heard heard = new Heard();
    AblationResult result =
        run("a", heard, cell("off", 1, MAPS), cell("on", 1, CRF), cell("on", 2, CRF));

    assertThat(heard.lines)
        .containsExactly(
            "off seed 1 train" + NEW,
            "off seed 1 maps" + NEW,
            "off seed 1 seeds" + NEW,
            "off seed 1 pseudo-labels" + NEW,
            "off seed 1 TRAINED",
            "on seed 1 train kept",
            "on seed 1 maps kept",
            "on seed 1 seeds kept",
            "on seed 1 refine-dense-crf" + NEW,
            "on seed 1 pseudo-labels: stage refine-dense-crf has made something else",
            "on seed 1 TRAINED",
            "on seed 2 train: training.seed was 1 and is 2",
            "on seed 2 maps: stage train has made something else",
            "on seed 2 seeds: stage maps has made something else",
            "on seed 2 refine-dense-crf: stage maps has made something else; stage seeds has made"
                + " something else",
            "on seed 2 pseudo-labels: stage refine-dense-crf has made something else",
            "on seed 2 TRAINED");
    assertThat(folders("a/stages/train")).hasSize(2);
    assertThat(temp.resolve("a/cells/on/seed-1/stages")).doesNotExist();
    assertThat(temp.resolve("a/cells/on/seed-1/stages.json"))
        .content()
        .contains("\"refine-dense-crf\": \"../../../stages/refine-dense-crf/");
    assertThat(result.table())
        .hasValueSatisfying(
            table ->
                assertThat(table)
                    .contains("The last masks of split 'val'")
                    .contains("The maps' masks (seeds) of split 'val'")
                    .containsPattern("\\n  background alone +\\d")
                    .contains("mIoU of the masks of split 'train' stage by stage")
                    .contains("Image-level mean average precision on split 'val'")
                    .containsPattern("cell +seeds +refine-dense-crf +pseudo-labels"));
    assertThat(temp.resolve("a/ablation.csv")).content().contains("\non,1,val,refine-dense-crf,0.");
    assertThat(temp.resolve("a/scores.csv")).content().contains("off,masks,miou,val,mean,1,0.");
    assertThat(temp.resolve("a/scores.csv")).content().contains("off,seeds,map,val,mean,1,0.");
    assertThat(temp.resolve("a/ablation.md")).content().contains("| off |");
    assertThat(temp.resolve("a/cells/off/seed-1/report.html")).exists();
  }

  @Test
  void whatIsWrongWithAnyStageOfAnyCellIsToldBeforeTheFirstOneTrains() {
    String network =
        "segmentation={network: {head: {type: large-field-of-view, channels: 8}},"
            + " augmentation: {crop: 32}, training: {epochs: 1}}";
    PlannedRun small = cell("small", 1, network, "segmentation.augmentation.crop=1");
    PlannedRun gone =
        cell("gone", 1, "pseudo-labels={refine: {external-masks: {folder: /nowhere}}}");
    assertThatThrownBy(() -> run("a", new Heard(), cell("fine", 1, MAPS), small, gone))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            """
            cell small: segmentation.augmentation.crop: is 1; the network needs at least 4 pixels
            cell gone: external-masks: the folder /nowhere does not exist; it holds NAME.json or NAME.png for each picture""");
    assertThat(temp.resolve("a/stages")).doesNotExist();
  }

  @Test
  void cellsOfASeedStartFromOneFirstTraining() throws IOException {
    String first = "first={self-supervision: null, training: {epochs: 1}}";
    Heard heard = new Heard();
    run(
        "a",
        heard,
        cell("rcm", 1, MAPS, first, "self-supervision.mam=null"),
        cell("both", 1, MAPS, first),
        cell("both", 2, MAPS, first));
    assertThat(heard.lines)
        .contains(
            "rcm seed 1 train-first" + NEW,
            "both seed 1 train-first kept",
            "both seed 1 train: self-supervision.mam is new",
            "both seed 2 train-first: first.training.seed was 1 and is 2");
    assertThat(folders("a/stages/train-first")).hasSize(2);
    assertThat(folders("a/stages/train")).hasSize(3);
    assertThat(run("a", new Heard(), cell("both", 1, MAPS, first)).outcomes().values())
        .extracting(CellOutcome::how)
        .containsExactly(CellOutcome.How.KEPT);
    assertThatThrownBy(() -> run("b", new Heard(), cell("both", 1, first)))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            "the only cell: first: a run trains once; wsss run has a first training, and so do"
                + " ablations whose cells have the block pseudo-labels, which may be empty"
                + " (pseudo-labels: {})");
  }

  @Test
  void finishedCellsAreKeptAndNewOnesMakeWhatIsTheirsAlone() {
    AblationResult first = run("a", new Heard(), cell("off", 1, MAPS));
    Heard heard = new Heard();
    AblationResult again =
        run("a", heard, cell("plain", 1, MAPS), cell("same", 1, MAPS), cell("on", 1, CRF));

    assertThat(heard.lines)
        .as("a cell with another name is found, and an equal one shares its result")
        .startsWith("cells/off/seed-1 to cells/plain/seed-1", "plain seed 1 KEPT")
        .contains("same seed 1 SHARED", "on seed 1 seeds kept")
        .noneMatch(line -> line.contains("train:"));
    assertThat(again.outcomes().values().iterator().next().result())
        .isEqualTo(first.outcomes().values().iterator().next().result());
  }

  @Test
  void aChangedLevelIsNamedAndItsOldStagesAreFoundAgainWhenItIsChangedBack() {
    run("a", new Heard(), cell("on", 1, CRF));
    PlannedRun changed = cell("on", 1, CRF, "pseudo-labels.doubt=0.05");
    assertThatThrownBy(() -> run("a", new Heard(), changed))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            "the only cell: has changed since it ran: pseudo-labels.doubt was 0.0 and is 0.05\n"
                + "run changed cells again with --rerun-changed (Changed.RERUN in Java), which keeps"
                + " their old folders in replaced/, or choose another --out");
    assertThatThrownBy(() -> run("a", new Heard(), cell("on", 1, MAPS)))
        .hasMessageStartingWith(
            "the only cell: has changed since it ran: pseudo-labels.refine.dense-crf is gone, stages"
                + " was train, maps, seeds, refine-dense-crf, pseudo-labels and is train, maps,"
                + " seeds, pseudo-labels\n");

    Heard rerun = new Heard();
    run("a", Changed.RERUN, rerun, changed);
    assertThat(rerun.lines)
        .containsExactly(
            "cells/on/seed-1 to replaced/on/seed-1.1",
            "on seed 1 train kept",
            "on seed 1 maps kept",
            "on seed 1 seeds kept",
            "on seed 1 refine-dense-crf kept",
            "on seed 1 pseudo-labels: pseudo-labels.doubt was 0.0 and is 0.05",
            "on seed 1 TRAINED");
    Heard back = new Heard();
    run("a", Changed.RERUN, back, cell("on", 1, CRF));
    assertThat(back.lines).endsWith("on seed 1 KEPT");
  }

  @Test
  void endsWithTheSameBytesWhereverItWasInterrupted() throws IOException {
    PlannedRun[] cells = {cell("off", 1, MAPS), cell("on", 1, CRF)};
    run("whole", new Heard(), cells);
    for (String at : List.of("off seed 1 maps", "off seed 1 seeds", "on seed 1 refine-dense-crf")) {
      assertThatThrownBy(() -> run("broken", new Interrupt(at), cells))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).as("%s was reached", at).isTrue();
    }
    Heard heard = new Heard();
    run("broken", heard, cells);
    assertThat(heard.lines)
        .containsSubsequence(
            "off seed 1 KEPT",
            "on seed 1 refine-dense-crf: it is not finished",
            "on seed 1 TRAINED");
    assertThat(files("broken")).isEqualTo(files("whole"));
  }

  @Test
  void aCellThatFailsLeavesTheOthersAlone() {
    PlannedRun[] cells = {cell("on", 1, CRF), cell("off", 1, MAPS)};
    AblationResult result = run("a", new Failing("on seed 1 refine-dense-crf"), cells);
    assertThat(result.failures()).containsOnlyKeys(cells[0]);
    assertThat(result.outcomes()).containsOnlyKeys(cells[1]);
    assertThat(result.table()).hasValueSatisfying(table -> assertThat(table).contains("off"));

    Heard heard = new Heard();
    AblationResult again = run("a", heard, cells);
    assertThat(again.failures()).isEmpty();
    assertThat(heard.lines)
        .contains("on seed 1 refine-dense-crf: it is not finished", "off seed 1 KEPT");
  }

  @Test
  void aStageThatFailsIsNotTriedOnceMoreForTheNextCell() {
    Failing failing = new Failing("off seed 1 train");
    AblationResult result = run("a", failing, cell("off", 1, MAPS), cell("on", 1, CRF));
    assertThat(result.failures().values())
        .extracting(Throwable::getMessage)
        .containsExactly("broken", "broken");
    assertThat(failing.lines).contains("off seed 1 train" + NEW).noneMatch(l -> l.contains("on "));
  }

  @Test
  void aSharedStageThatIsGoneFailsTheCellsThatNeedIt() throws IOException {
    run("a", new Heard(), cell("off", 1, MAPS));
    Path seeds = folders("a/stages/seeds").get(0);
    Files.delete(seeds.resolve("background.json"));
    AblationResult result = run("a", new Heard(), cell("off", 1, MAPS), cell("on", 1, CRF));
    assertThat(result.outcomes()).hasSize(1);
    assertThat(result.failures().values())
        .singleElement()
        .isInstanceOf(PipelineException.class)
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "stage seeds: %1$s is not as it was finished: %1$s/background.json; bring back what was written, or delete %1$s, the file .json beside it and its key in %2$s/stages/finished.json, and the same command makes it again"
                .formatted(seeds, temp.resolve("a")));
  }

  @Test
  void sharesAndPipelinesInTheAblationsFolderAreRefused() {
    AblationPlan plan = new AblationPlan(List.of(cell("off", 1, MAPS)), "off");
    Ablation ablation = new Ablation(plan, temp.resolve("a"));
    assertThatThrownBy(() -> ablation.run(new Shard(1, 2), Changed.REFUSE, AblationListener.SILENT))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            "the cells are pipelines, whose stages lie in one folder and are made by one process;"
                + " run the ablation as a whole, without --shard");
    ablation.run();
    assertThatThrownBy(() -> new Pipeline(SmallRuns.resolved(MAPS), temp.resolve("a")))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            temp.resolve("a")
                + " is an ablation's folder; go on with wsss ablate, or choose another folder");
  }

  @Test
  void aCellsNetworkIsFoundAmongTheSharedStages() throws IOException {
    String network =
        "segmentation={network: {head: {type: large-field-of-view, channels: 8, dilation: 2}},"
            + " augmentation: {crop: 32, long-side-min: 0, long-side-max: 0},"
            + " training: {epochs: 1}, prediction: {scales: [1]}}";
    run("a", new Heard(), cell("one", 1, network), cell("two", 1, network, CRF));
    List<Path> networks = folders("a/stages/segment");
    assertThat(networks).hasSize(2);
    Path one = PipelineModel.in(temp.resolve("a/cells/one/seed-1"));
    Path two = PipelineModel.in(temp.resolve("a/cells/two/seed-1"));
    assertThat(List.of(one, two)).containsExactlyInAnyOrderElementsOf(networks);
  }

  private static PlannedRun cell(String name, long seed, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("training.seed=" + seed);
    all.add("training.epochs=1");
    return new PlannedRun(
        new Cell(name, Map.of("axis", name)), seed, SmallRuns.resolved(all.toArray(String[]::new)));
  }

  private AblationResult run(String folder, Heard heard, PlannedRun... cells) {
    return run(folder, Changed.REFUSE, heard, cells);
  }

  private AblationResult run(String folder, Changed changed, Heard heard, PlannedRun... cells) {
    heard.folder = temp.resolve(folder);
    AblationPlan plan = new AblationPlan(List.of(cells), cells[0].cell().name());
    return new Ablation(plan, temp.resolve(folder)).run(changed, heard);
  }

  private List<Path> folders(String parent) throws IOException {
    try (Stream<Path> content = Files.list(temp.resolve(parent))) {
      return content.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** What is to be the same in the end: masks, stores and scores, but no times. */
  private Map<String, String> files(String folder) throws IOException {
    Path root = temp.resolve(folder);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (name.matches(".*(\\.png|\\.bin|\\.safetensors|background\\.json|/stages\\.json)")
            || name.matches("(ablation|scores)\\.csv")) {
          files.put(name, Sha256.of(file));
        }
      }
    }
    return files;
  }

  /** Writes down what it hears. */
  private static class Heard implements AblationListener {
    final List<String> lines = new ArrayList<>();
    Path folder = Path.of("");

    @Override
    public void moved(Path from, Path to) {
      lines.add(folder.relativize(from) + " to " + folder.relativize(to));
    }

    @Override
    public PipelineListener startedPipeline(int number, int of, PlannedRun run) {
      return new PipelineListener() {
        @Override
        public void kept(int number, int of, String stage, Path folder) {
          lines.add(run.title() + " " + stage + " kept");
        }

        @Override
        public StageListener started(int number, int of, String stage, Path folder, String reason) {
          lines.add(run.title() + " " + stage + ": " + reason);
          return stage(run.title() + " " + stage);
        }
      };
    }

    StageListener stage(String title) {
      return StageListener.SILENT;
    }

    @Override
    public void finished(int number, int of, PlannedRun run, CellOutcome outcome) {
      lines.add(run.title() + " " + outcome.how());
    }
  }

  /** Interrupts the ablation in the middle of a stage. */
  private static final class Interrupt extends Heard {
    private final String at;

    Interrupt(String at) {
      this.at = at;
    }

    @Override
    StageListener stage(String title) {
      Thread ablation = Thread.currentThread();
      return new StageListener() {
        @Override
        public void picture(int done, int of) {
          if (title.equals(at) && done >= 5) {
            ablation.interrupt();
          }
        }
      };
    }
  }

  /** Breaks a stage. */
  private static final class Failing extends Heard {
    private final String at;

    Failing(String at) {
      this.at = at;
    }

    @Override
    StageListener stage(String title) {
      return new StageListener() {
        @Override
        public RunListener training() {
          return fail();
        }

        @Override
        public void picture(int done, int of) {
          fail();
        }

        private RunListener fail() {
          if (title.equals(at)) {
            throw new DataException("broken");
          }
          return RunListener.SILENT;
        }
      };
    }
  }
}
