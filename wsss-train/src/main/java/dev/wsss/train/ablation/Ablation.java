package dev.wsss.train.ablation;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.ablation.Outcome.How;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a plan in a folder: checks every run before the first one starts, keeps what is finished,
 * and goes on after a failure.
 */
public final class Ablation {
  private final AblationPlan plan;
  private final Path folder;
  private final CellRunner runner;
  private final AblationListener listener;

  public Ablation(AblationPlan plan, Path folder, CellRunner runner, AblationListener listener) {
    this.plan = plan;
    this.folder = folder;
    this.runner = runner;
    this.listener = listener;
  }

  /**
   * Runs what is not finished.
   *
   * @throws AblationException with every problem, if a run cannot start; then none has
   */
  public AblationResult run() {
    Map<PlannedRun, Outcome> kept = check();
    Map<PlannedRun, Outcome> outcomes = new LinkedHashMap<>();
    Map<PlannedRun, RuntimeException> failures = new LinkedHashMap<>();
    Map<RunConfig, Outcome> known = new HashMap<>();
    Map<RunConfig, RuntimeException> knownFailures = new HashMap<>();
    kept.forEach((run, outcome) -> known.put(run.config(), outcome));
    int of = plan.runs().size();
    for (int i = 0; i < of; i++) {
      PlannedRun run = plan.runs().get(i);
      if (!known.containsKey(run.config()) && !knownFailures.containsKey(run.config())) {
        RunListener follower = listener.started(i + 1, of, run);
        try {
          RunResult result = runner.run(run, at(run), follower);
          known.put(run.config(), new Outcome(result, at(run), How.TRAINED));
        } catch (RuntimeException e) {
          if (Thread.currentThread().isInterrupted()) {
            throw e; // not this run's fault: the whole ablation is to stop
          }
          knownFailures.put(run.config(), e);
        }
      }
      Outcome outcome = known.get(run.config());
      RuntimeException failure = knownFailures.get(run.config());
      if (outcome != null) {
        Outcome own = kept.getOrDefault(run, shared(run, outcome));
        outcomes.put(run, own);
        listener.finished(i + 1, of, run, own);
      } else if (failure != null) {
        failures.put(run, failure);
        listener.failed(i + 1, of, run, failure);
      }
    }
    return new AblationResult(outcomes, failures);
  }

  private Outcome shared(PlannedRun run, Outcome outcome) {
    return outcome.folder().equals(at(run))
        ? outcome
        : new Outcome(outcome.result(), outcome.folder(), How.SHARED);
  }

  private Path at(PlannedRun run) {
    return folder.resolve(run.folder());
  }

  /** Results that stand already; throws if any other run cannot start. */
  private Map<PlannedRun, Outcome> check() {
    Map<PlannedRun, Outcome> kept = new LinkedHashMap<>();
    Problems problems = new Problems(plan.cells(), plan.seeds());
    List<PlannedRun> open = new ArrayList<>();
    Set<RunConfig> done = new HashSet<>();
    for (PlannedRun run : plan.runs()) {
      try {
        Optional<String> difference = runner.difference(run, at(run));
        Optional<RunResult> result = runner.finished(at(run));
        if (difference.isPresent()) {
          problems.add(
              run.cell().name(),
              run.seed(),
              "its folder was made with "
                  + difference.get()
                  + "; choose another --out, or delete the folder");
        } else if (result.isPresent()) {
          kept.put(run, new Outcome(result.get(), at(run), How.KEPT));
          done.add(run.config());
        } else {
          open.add(run);
        }
      } catch (RuntimeException e) {
        problems.add(run, e);
      }
    }
    for (PlannedRun run : open) {
      if (done.add(run.config())) {
        try {
          runner.check(run);
        } catch (RuntimeException e) {
          problems.add(run, e);
        }
      }
    }
    problems.throwIfAny();
    return kept;
  }
}
