package dev.wsss.train.ablation;

import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.wiring.InitialWeights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Wires what is to run, each cell once, whatever its seeds; reads the pretrained weights of each
 * network once.
 */
final class CellChecks {
  private final CellRunner runner;
  private final CellProblems problems;

  /** Networks whose weights are known to be readable, with the run they start from. */
  private final Set<List<Object>> read = new HashSet<>();

  CellChecks(CellRunner runner, CellProblems problems) {
    this.runner = runner;
    this.problems = problems;
  }

  void check(List<Standing> standings) {
    List<Standing> known = new ArrayList<>(standings.stream().filter(Standing::isDone).toList());
    Map<String, List<PlannedRun>> open = new LinkedHashMap<>();
    Map<String, Standing> first = new LinkedHashMap<>();
    for (Standing standing : standings) {
      if (known.stream().noneMatch(s -> s.identity().scoresLike(standing.identity()))) {
        known.add(standing);
        first.putIfAbsent(standing.run().cell().name(), standing);
        open.computeIfAbsent(standing.run().cell().name(), cell -> new ArrayList<>())
            .add(standing.run());
      }
    }
    first.forEach((cell, standing) -> check(standing, open.getOrDefault(cell, List.of())));
  }

  private void check(Standing standing, List<PlannedRun> seeds) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("stopped before the first run was started");
    }
    var config = standing.run().config();
    // A run that goes on has its networks already.
    List<Object> weights =
        List.of(
            config.network(),
            config.training().start(),
            config.segmentation().map(SegmentationConfig::network));
    InitialWeights how =
        standing.from().isEmpty() && !read.contains(weights)
            ? InitialWeights.PRETRAINED
            : InitialWeights.RANDOM;
    try {
      runner.check(standing.run(), how);
      if (how == InitialWeights.PRETRAINED) {
        read.add(weights);
      }
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      seeds.forEach(run -> problems.add(run, e));
    }
  }
}
