package dev.wsss.train.ablation;

import static dev.wsss.train.ablation.FakeRuns.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationTest {
  private static final String ADVICE =
      "\nrun changed cells again with --rerun-changed (Changed.RERUN in Java), which keeps their old"
          + " folders in replaced/, or choose another --out";

  @TempDir private Path temp;
  private Path folder;

  private final FakeRuns runs = new FakeRuns();
  private final List<String> events = new ArrayList<>();

  private final List<String> toTrain = new ArrayList<>();

  private final AblationListener listener =
      new AblationListener() {
        @Override
        public void begins(List<PlannedRun> runs) {
          runs.forEach(run -> toTrain.add(run.title()));
        }

        @Override
        public void moved(Path from, Path to) {
          events.add(folder.relativize(from) + " to " + folder.relativize(to));
        }

        @Override
        public void finished(int number, int of, PlannedRun run, CellOutcome outcome) {
          events.add(number + "/" + of + " " + run.title() + " " + outcome.how());
        }

        @Override
        public void failed(int number, int of, PlannedRun run, RuntimeException failure) {
          events.add(number + "/" + of + " " + run.title() + " " + failure.getMessage());
        }
      };

  @BeforeEach
  void choose() {
    folder = temp.resolve("out");
  }

  private AblationResult run(PlannedRun... planned) {
    return run(Changed.REFUSE, planned);
  }

  private AblationResult rerun(PlannedRun... planned) {
    return run(Changed.RERUN, planned);
  }

  private AblationResult run(Changed changed, PlannedRun... planned) {
    runs.checked.clear();
    runs.trained.clear();
    events.clear();
    toTrain.clear();
    AblationPlan plan = new AblationPlan(List.of(planned), planned[0].cell().name());
    return new Ablation(plan, folder, runs).run(changed, listener);
  }

  private static List<Double> miou(AblationResult result) {
    return result.outcomes().values().stream()
        .map(outcome -> outcome.result().scores().get("cam-miou").get(0).value())
        .toList();
  }

  @Test
  void everyRunIsCheckedBeforeTheFirstOneIsTrained() {
    runs.refusals.put("b seed 1", new DataException("no pictures"));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 3)))
        .isInstanceOf(AblationException.class)
        .hasMessage("cell b: no pictures")
        .hasCauseInstanceOf(DataException.class);
    assertThat(runs.checked)
        .containsExactly("a seed 1 PRETRAINED", "b seed 1 RANDOM", "c seed 1 RANDOM");
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void aCellIsCheckedOnceWhateverItsSeedsAndTheWeightsOfANetworkOnce() {
    runs.refusals.put("a seed 1", new DataException("no pictures"));
    assertThatThrownBy(
            () ->
                run(planned("a", 1, 1), planned("b", 1, 2), planned("a", 2, 1), planned("b", 2, 2)))
        .hasMessage("cell a: no pictures");
    assertThat(runs.checked).containsExactly("a seed 1 PRETRAINED", "b seed 1 PRETRAINED");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    run(planned("b", 1, 7));
    runs.refusals.put("a seed 1", new DataException("no pictures"));
    runs.refusals.put("b seed 1", new IllegalArgumentException("two\nlines"));
    assertThatThrownBy(
            () ->
                run(planned("a", 1, 1), planned("b", 1, 2), planned("a", 2, 1), planned("b", 2, 2)))
        .hasMessage(
            """
            cell b (seed 1): has changed since it ran: training.epochs was 7 and is 2
            cell a: no pictures
            cell b: two
              lines"""
                + ADVICE);
  }

  @Test
  void aProblemOfEveryCellIsToldOnce() {
    runs.refusals.put("a seed 1", new DataException("no pictures"));
    runs.refusals.put("b seed 1", new DataException("no pictures"));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2)))
        .hasMessage("every cell: no pictures");
  }

  @Test
  void equalRunsRunOnce() {
    AblationResult result =
        run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 1), planned("a", 2, 1));
    assertThat(runs.checked).containsExactly("a seed 1 PRETRAINED", "b seed 1 RANDOM");
    assertThat(runs.trained).containsExactly("a seed 1", "b seed 1", "a seed 2");
    assertThat(toTrain).isEqualTo(runs.trained);
    assertThat(events)
        .containsExactly(
            "1/4 a seed 1 TRAINED",
            "2/4 b seed 1 TRAINED",
            "3/4 c seed 1 SHARED",
            "4/4 a seed 2 TRAINED");
    assertThat(miou(result)).containsExactly(1 / 16.0, 2 / 16.0, 1 / 16.0, 3 / 16.0);
    assertThat(result.outcomes().values())
        .extracting(outcome -> outcome.folder().getParent().getFileName())
        .containsExactly(Path.of("a"), Path.of("b"), Path.of("a"), Path.of("a"));
    assertThat(result.table()).hasValueSatisfying(table -> assertThat(table).contains("12.5"));
    assertThat(folder.resolve("ablation.csv")).exists();
  }

  @Test
  void finishedRunsAreKeptAndNeitherCheckedNorTrained() {
    run(planned("a", 1, 1));
    run(planned("a", 1, 1), planned("b", 1, 2));
    assertThat(runs.checked).containsExactly("b seed 1 PRETRAINED");
    assertThat(runs.trained).containsExactly("b seed 1");
    assertThat(events).containsExactly("1/2 a seed 1 KEPT", "2/2 b seed 1 TRAINED");
    assertThat(toTrain).containsExactly("b seed 1");
  }

  @Test
  void aFinishedRunIsSharedWithOnesBeforeIt() {
    run(planned("b", 1, 1));
    run(planned("a", 1, 1), planned("b", 1, 1));
    assertThat(events).containsExactly("1/2 a seed 1 SHARED", "2/2 b seed 1 KEPT");
    assertThat(toTrain).isEmpty();
  }

  @Test
  void aChangedLevelIsRefusedByNameAndNothingStarts() {
    run(planned("a", 1, 1), planned("b", 1, 2));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 3), planned("c", 1, 4)))
        .isInstanceOf(AblationException.class)
        .hasMessage("cell b: has changed since it ran: training.epochs was 2 and is 3" + ADVICE)
        .hasNoCause();
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void aChangedLevelRunsAgainAloneWhereThatIsAskedFor() {
    run(planned("a", 1, 1), planned("b", 1, 2));
    AblationResult result = rerun(planned("a", 1, 1), planned("b", 1, 3));
    assertThat(events)
        .containsExactly(
            "cells/b/seed-1 to replaced/b/seed-1.1", "1/2 a seed 1 KEPT", "2/2 b seed 1 TRAINED");
    assertThat(miou(result)).containsExactly(1 / 16.0, 1 / 16.0);
    rerun(planned("a", 1, 1), planned("b", 1, 4));
    assertThat(events).startsWith("cells/b/seed-1 to replaced/b/seed-1.2");
  }

  @Test
  void aLevelThatIsChangedBackFindsItsRunAgain() {
    run(planned("b", 1, 2));
    rerun(planned("b", 1, 3));
    AblationResult result = run(planned("b", 1, 2));
    assertThat(events)
        .containsExactly(
            "cells/b/seed-1 to replaced/b/seed-1.2",
            "replaced/b/seed-1.1 to cells/b/seed-1",
            "1/1 b seed 1 KEPT");
    assertThat(miou(result)).containsExactly(1 / 16.0);
  }

  @Test
  void renamedCellsKeepTheirsEvenWhereTwoChangeNames() {
    run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 3));
    AblationResult result = run(planned("b", 1, 1), planned("a", 1, 2), planned("d", 1, 3));
    assertThat(runs.trained).isEmpty();
    assertThat(events)
        .containsExactly(
            "cells/b/seed-1 to replaced/b/seed-1.1",
            "cells/a/seed-1 to replaced/a/seed-1.1",
            "replaced/a/seed-1.1 to cells/b/seed-1",
            "replaced/b/seed-1.1 to cells/a/seed-1",
            "cells/c/seed-1 to cells/d/seed-1",
            "1/3 b seed 1 KEPT",
            "2/3 a seed 1 KEPT",
            "3/3 d seed 1 KEPT");
    assertThat(miou(result)).containsExactly(1 / 16.0, 2 / 16.0, 3 / 16.0);
    assertThat(folder.resolve("cells/c")).doesNotExist();
  }

  @Test
  void changedScoringScoresAnew() {
    run(planned("a", 1, 1, 8), planned("b", 1, 2, 8));
    run(planned("a", 1, 1, 9), planned("b", 1, 2, 8));
    assertThat(runs.trained).containsExactly("a seed 1");
    assertThat(runs.checked).containsExactly("a seed 1 RANDOM");
    assertThat(events).containsExactly("1/2 a seed 1 RESCORED", "2/2 b seed 1 KEPT");
    assertThat(toTrain).isEmpty();
  }

  @Test
  void changedDataAreLikeAChangedLevel() {
    run(planned("a", 1, 1));
    runs.data = "other";
    assertThatThrownBy(() -> run(planned("a", 1, 1)))
        .hasMessage(
            "the only cell: has changed since it ran: pictures, labels or masks have changed"
                + ADVICE);
    rerun(planned("a", 1, 1));
    assertThat(runs.trained).containsExactly("a seed 1");
  }

  @Test
  void aFolderThatDoesNotSayWhatItHoldsIsRefused() {
    run(planned("a", 1, 1), planned("b", 1, 2));
    FakeRuns.write(folder.resolve("cells/a/seed-1/identity.json"), "damaged");
    assertThatThrownBy(() -> rerun(planned("a", 1, 1)))
        .hasMessage("the only cell: identity cannot be read");
    run(planned("b", 1, 2));
    assertThat(events).containsExactly("1/1 b seed 1 KEPT");
  }

  @Test
  void failuresLeaveTheOtherRunsAlone() {
    runs.failures.put("b seed 1", new TrainingException("step 7: total is NaN"));
    AblationResult result =
        run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 2), planned("d", 1, 3));
    assertThat(runs.trained).containsExactly("a seed 1", "b seed 1", "d seed 1");
    assertThat(events)
        .containsExactly(
            "1/4 a seed 1 TRAINED",
            "2/4 b seed 1 step 7: total is NaN",
            "3/4 c seed 1 step 7: total is NaN",
            "4/4 d seed 1 TRAINED");
    assertThat(result.outcomes().keySet())
        .extracting(PlannedRun::title)
        .containsExactly("a seed 1", "d seed 1");
    assertThat(result.failures().keySet())
        .extracting(PlannedRun::title)
        .containsExactly("b seed 1", "c seed 1");
  }

  @Test
  void anInterruptedRunEndsTheAblation() {
    runs.failures.put("a seed 1", new CancellationException("stopped"));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2))).hasMessage("stopped");
    assertThat(runs.trained).containsExactly("a seed 1");
  }

  @Test
  void anInterruptBetweenTwoChecksEndsItAtOnce() {
    runs.interruptedAt = "a seed 1";
    try {
      assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2)))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped before the first run was started");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(runs.checked).containsExactly("a seed 1 PRETRAINED");
  }

  @Test
  void anInterruptWhileFoldersAreReadEndsItAtOnce() {
    run(planned("a", 1, 1), planned("b", 1, 2));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2)))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped before anything was written to " + folder);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aSecondStartTrainsWhatTheFirstOneDidNotFinish() {
    runs.failures.put("b seed 1", new TrainingException("killed"));
    run(planned("a", 1, 1), planned("b", 1, 2));
    runs.failures.clear();
    run(planned("a", 1, 1), planned("b", 1, 2));
    assertThat(runs.trained).containsExactly("b seed 1");
    assertThat(events).containsExactly("1/2 a seed 1 KEPT", "2/2 b seed 1 TRAINED");
  }

  private AblationResult share(String shard, Changed changed, PlannedRun... planned) {
    runs.checked.clear();
    runs.trained.clear();
    events.clear();
    AblationPlan plan = new AblationPlan(List.of(planned), planned[0].cell().name());
    return new Ablation(plan, folder, runs).run(Shard.parse(shard), changed, listener);
  }

  @Test
  void sharesCheckAndRunTheirOwnAndLeaveTheTableToTheAblation() {
    PlannedRun[] all = {
      planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 1), planned("a", 2, 1)
    };
    AblationResult second = share("2/2", Changed.REFUSE, all);
    assertThat(runs.checked).containsExactly("b seed 1 PRETRAINED", "a seed 2 RANDOM");
    assertThat(events).containsExactly("1/2 b seed 1 TRAINED", "2/2 a seed 2 TRAINED");
    assertThat(second.outcomes().keySet())
        .extracting(PlannedRun::title)
        .containsExactly("b seed 1", "a seed 2");
    assertThat(second.table()).isEmpty();
    AblationResult first = share("1/2", Changed.REFUSE, all);
    assertThat(events).containsExactly("1/2 a seed 1 TRAINED", "2/2 c seed 1 SHARED");
    assertThat(first.failures()).isEmpty();
    assertThat(folder.resolve("ablation.csv")).doesNotExist();
  }

  @Test
  void aShareThatStartsAgainKeepsWhatIsFinished() {
    PlannedRun[] all = {planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 3)};
    runs.failures.put("c seed 1", new TrainingException("killed"));
    AblationResult result = share("2/2", Changed.REFUSE, all);
    assertThat(events).containsExactly("1/2 b seed 1 TRAINED", "2/2 c seed 1 killed");
    assertThat(result.failures().keySet())
        .extracting(PlannedRun::title)
        .containsExactly("c seed 1");
    runs.failures.clear();
    share("2/2", Changed.REFUSE, all);
    assertThat(events).containsExactly("1/2 b seed 1 KEPT", "2/2 c seed 1 TRAINED");
    share("1/2", Changed.REFUSE, all);
    assertThat(events).containsExactly("1/1 a seed 1 TRAINED");
    run(all);
    assertThat(events)
        .containsExactly("1/3 a seed 1 KEPT", "2/3 b seed 1 KEPT", "3/3 c seed 1 KEPT");
    assertThat(folder.resolve("ablation.csv")).exists();
  }

  @Test
  void aShareThatNoRunFallsToDoesNothing() {
    AblationResult result = share("2/2", Changed.REFUSE, planned("a", 1, 1));
    assertThat(result.outcomes()).isEmpty();
    assertThat(result.failures()).isEmpty();
    assertThat(runs.checked).isEmpty();
  }

  @Test
  void theFirstShareMovesRenamedAndChangedRunsOfAll() {
    run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 3));
    PlannedRun[] changed = {planned("a", 1, 1), planned("b", 1, 7), planned("d", 1, 3)};
    assertThatThrownBy(() -> share("1/3", Changed.REFUSE, changed))
        .hasMessage("cell b: has changed since it ran: training.epochs was 2 and is 7" + ADVICE);
    assertThat(events).isEmpty();
    share("1/3", Changed.RERUN, changed);
    assertThat(events)
        .containsExactly(
            "cells/b/seed-1 to replaced/b/seed-1.1",
            "cells/c/seed-1 to cells/d/seed-1",
            "1/1 a seed 1 KEPT");
    share("2/3", Changed.RERUN, changed);
    assertThat(events).containsExactly("1/1 b seed 1 TRAINED");
    share("3/3", Changed.RERUN, changed);
    assertThat(events).containsExactly("1/1 d seed 1 KEPT");
  }

  @Test
  void anAblationThatIsNotSharedIsAloneInItsFolder() {
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatThrownBy(() -> share("1/2", Changed.REFUSE, planned("a", 1, 1)))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              folder
                  + " is in use by this process; wait until that ends, or choose another folder");
    }
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void oneAblationAtATimeRunsInAFolder() {
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatThrownBy(() -> run(planned("a", 1, 1)))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              folder
                  + " is in use by this process; wait until that ends, or choose another folder");
    }
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void aRunThatIsBeingWrittenIsNotMoved() {
    run(planned("a", 1, 1));
    Path busy = folder.resolve("cells/a/seed-1");
    try (FolderLock lock = FolderLock.take(busy)) {
      assertThatThrownBy(() -> rerun(planned("a", 1, 2)))
          .hasMessage(
              busy + " is in use by this process; wait until that ends, or choose another folder");
    }
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> run(planned("a", 1, 1)))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(folder + " is not empty and no ablation's folder; choose another folder");
  }
}
