package dev.wsss.train.ablation;

import static dev.wsss.train.ablation.FakeRuns.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.train.loop.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AblationTest {
  private static final Path FOLDER = Path.of("out");

  private final FakeRuns runs = new FakeRuns();
  private final List<String> events = new ArrayList<>();

  private final AblationListener listener =
      new AblationListener() {
        @Override
        public void finished(int number, int of, PlannedRun run, Outcome outcome) {
          events.add(number + "/" + of + " " + run.title() + " " + outcome.how());
        }

        @Override
        public void failed(int number, int of, PlannedRun run, RuntimeException failure) {
          events.add(number + "/" + of + " " + run.title() + " " + failure.getMessage());
        }
      };

  private AblationResult run(PlannedRun... planned) {
    return new Ablation(
            new AblationPlan(List.of(planned), planned[0].cell().name()), FOLDER, runs, listener)
        .run();
  }

  @Test
  void everyRunIsCheckedBeforeTheFirstOneIsTrained() {
    runs.refusals.put("b seed 1", new DataException("no pictures"));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 3)))
        .isInstanceOf(AblationException.class)
        .hasMessage("cell b: no pictures")
        .hasCauseInstanceOf(DataException.class);
    assertThat(runs.checked).containsExactly("a seed 1", "b seed 1", "c seed 1");
    assertThat(runs.trained).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnceAndThoseOfAllSeedsOnce() {
    runs.refusals.put("a seed 1", new DataException("no pictures"));
    runs.refusals.put("a seed 2", new DataException("no pictures"));
    runs.refusals.put("b seed 2", new IllegalArgumentException("two\nlines"));
    runs.differences.put(FOLDER.resolve("cells/b/seed-1"), "another configuration");
    assertThatThrownBy(
            () ->
                run(planned("a", 1, 1), planned("b", 1, 2), planned("a", 2, 1), planned("b", 2, 2)))
        .hasMessage(
            """
            cell b (seed 1): its folder was made with another configuration; choose another --out, \
            or delete the folder
            cell a: no pictures
            cell b (seed 2): two
              lines""");
  }

  @Test
  void aProblemOfEveryCellIsToldOnce() {
    runs.refusals.put("a seed 1", new DataException("no pictures"));
    runs.refusals.put("b seed 1", new DataException("no pictures"));
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2)))
        .hasMessage("every cell: no pictures");
  }

  @Test
  void equalConfigurationsRunOnce() {
    AblationResult result =
        run(planned("a", 1, 1), planned("b", 1, 2), planned("c", 1, 1), planned("a", 2, 1));
    assertThat(runs.checked).containsExactly("a seed 1", "b seed 1", "a seed 2");
    assertThat(runs.trained).containsExactly("a seed 1", "b seed 1", "a seed 2");
    assertThat(events)
        .containsExactly(
            "1/4 a seed 1 TRAINED",
            "2/4 b seed 1 TRAINED",
            "3/4 c seed 1 SHARED",
            "4/4 a seed 2 TRAINED");
    assertThat(result.outcomes().values())
        .extracting(outcome -> outcome.result().scores().get("cam-miou").get(0).value())
        .containsExactly(1 / 16.0, 2 / 16.0, 1 / 16.0, 3 / 16.0);
    assertThat(result.outcomes().values())
        .extracting(outcome -> outcome.folder().getParent().getFileName())
        .containsExactly(Path.of("a"), Path.of("b"), Path.of("a"), Path.of("a"));
  }

  @Test
  void finishedRunsAreKeptAndNeitherCheckedNorTrained() {
    runs.finished.put(FOLDER.resolve("cells/a/seed-1"), FakeRuns.result(0.5));
    run(planned("a", 1, 1), planned("b", 1, 2));
    assertThat(runs.checked).containsExactly("b seed 1");
    assertThat(runs.trained).containsExactly("b seed 1");
    assertThat(events).containsExactly("1/2 a seed 1 KEPT", "2/2 b seed 1 TRAINED");
  }

  @Test
  void aResultThatALaterCellKeepsIsSharedWithAnEarlierOne() {
    runs.finished.put(FOLDER.resolve("cells/b/seed-1"), FakeRuns.result(0.5));
    run(planned("a", 1, 1), planned("b", 1, 1));
    assertThat(runs.trained).isEmpty();
    assertThat(events).containsExactly("1/2 a seed 1 SHARED", "2/2 b seed 1 KEPT");
  }

  @Test
  void aFailureLosesItsOwnCellsOnly() {
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
    runs.failures.put("a seed 1", new TrainingException("stopped"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(planned("a", 1, 1), planned("b", 1, 2))).hasMessage("stopped");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs.trained).containsExactly("a seed 1");
  }

  @Test
  void aSecondStartTrainsWhatTheFirstOneDidNotFinish() {
    runs.failures.put("b seed 1", new TrainingException("killed"));
    run(planned("a", 1, 1), planned("b", 1, 2));
    runs.failures.clear();
    runs.trained.clear();
    run(planned("a", 1, 1), planned("b", 1, 2));
    assertThat(runs.trained).containsExactly("b seed 1");
  }
}
