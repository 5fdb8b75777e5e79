package dev.wsss.train.ablation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with an ablation's runs: each problem once, with the cells that have it. */
final class CellProblems {
  private final Set<String> cells;
  private final Set<Long> seeds;
  private final Map<String, Map<String, Set<Long>>> found = new LinkedHashMap<>();
  private final List<RuntimeException> causes = new ArrayList<>();
  private String advice = "";

  /**
   * @param cells names of all cells
   * @param seeds all seeds
   */
  CellProblems(Collection<String> cells, Collection<Long> seeds) {
    this.cells = new LinkedHashSet<>(cells);
    this.seeds = new LinkedHashSet<>(seeds);
  }

  void add(String cell, long seed, String problem) {
    found
        .computeIfAbsent(problem, p -> new LinkedHashMap<>())
        .computeIfAbsent(cell, c -> new LinkedHashSet<>())
        .add(seed);
  }

  void add(PlannedRun run, RuntimeException failure) {
    causes.add(failure);
    add(run.cell().name(), run.seed(), String.valueOf(failure.getMessage()));
  }

  /** Adds that a run would train otherwise than the one in its folder. */
  void addChanged(PlannedRun run, List<String> changes) {
    advice =
        "run changed cells again with --rerun-changed (Changed.RERUN in Java), which keeps their old"
            + " folders in replaced/, or choose another --out";
    add(run.cell().name(), run.seed(), "has changed since it ran: " + String.join(", ", changes));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      List<String> lines = new ArrayList<>(lines());
      if (!advice.isEmpty()) {
        lines.add(advice);
      }
      throw new AblationException(lines, causes);
    }
  }

  /** Each problem after the cells that have it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    found.forEach(
        (problem, where) -> lines.add(describe(where) + ": " + problem.replace("\n", "\n  ")));
    return lines;
  }

  private String describe(Map<String, Set<Long>> where) {
    boolean everySeed = where.values().stream().allMatch(seeds::equals);
    if (everySeed && where.keySet().equals(cells)) {
      return cells.size() == 1 ? "the only cell" : "every cell";
    }
    List<String> names = new ArrayList<>();
    where.forEach(
        (cell, of) ->
            names.add(
                of.equals(seeds)
                    ? cell
                    : cell
                        + (of.size() == 1 ? " (seed " : " (seeds ")
                        + String.join(", ", of.stream().map(String::valueOf).toList())
                        + ")"));
    return (names.size() == 1 ? "cell " : "cells ") + String.join(", ", names);
  }
}
