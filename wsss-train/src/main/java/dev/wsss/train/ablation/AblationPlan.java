package dev.wsss.train.ablation;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.fromdata.MeasuredData;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an ablation's file says, with every run resolved and bound.
 *
 * @param runs every cell with every seed; all cells of a seed stand together, so that an ablation
 *     that is cut short compares what it has
 * @param baseline name of the cell that the others are compared with
 */
public record AblationPlan(List<PlannedRun> runs, String baseline) {
  private static final int MOST_RUNS = 10_000;

  public AblationPlan {
    runs = List.copyOf(runs);
  }

  /** Names of the cells, in order. */
  public List<String> cells() {
    return runs.stream().map(run -> run.cell().name()).distinct().toList();
  }

  /** The seeds, in order. */
  public List<Long> seeds() {
    return runs.stream().map(PlannedRun::seed).distinct().toList();
  }

  /**
   * Whether the cells are pipelines from pictures to masks: they are where any of them has the
   * block {@code pseudo-labels} or {@code segmentation}. Those without end with usual masks.
   */
  public boolean isOverPipelines() {
    return runs.stream()
        .map(PlannedRun::config)
        .anyMatch(run -> run.pseudoLabels().isPresent() || run.segmentation().isPresent());
  }

  /** Whether a loaded file is an ablation's rather than a single run's. */
  public static boolean isAblation(ConfigTree file) {
    return file.keys().contains("axes") || file.keys().contains("seeds");
  }

  /**
   * Loads an ablation's file, or a built-in one such as {@code quickstart}, with the modules on the
   * class path.
   *
   * @param assignments such as {@code seeds=[1]} or {@code training.epochs=3}, laid over the file
   * @throws ConfigException if the file's own keys are wrong
   * @throws AblationException with the problems of all cells
   */
  public static AblationPlan load(String fileOrName, String... assignments) {
    ClassLoader classes = AblationPlan.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return of(loader, loader.load(fileOrName, List.of(assignments)));
  }

  /** The same plan, asked for by a command; the folders of its runs say so. */
  public AblationPlan askedForBy(List<String> words) {
    return new AblationPlan(
        runs.stream()
            .map(run -> new PlannedRun(run.cell(), run.seed(), run.run().askedForBy(words)))
            .toList(),
        baseline);
  }

  /**
   * Resolves and binds every run.
   *
   * @param file a run's configuration with the keys of {@link AblationConfig}
   * @throws ConfigException if the file's own keys are wrong
   * @throws AblationException with the problems of all cells
   */
  public static AblationPlan of(ConfigLoader loader, ConfigTree file) {
    AblationConfig ablation =
        loader.bind(file.only(AblationConfig.KEYS.toArray(String[]::new)), AblationConfig.class);
    List<Cell> cells = CellGrid.cells(levels(ablation), ablation.exclude(), ablation.names());
    checkSeeds(ablation.seeds(), cells.size());
    String baseline = baseline(ablation, cells);
    ConfigTree base = file;
    for (String key : AblationConfig.KEYS) {
      base = base.without(key);
    }
    List<PlannedRun> runs = bind(loader, base, ablation, cells);
    checkOneSplit(runs);
    return new AblationPlan(runs, baseline);
  }

  private static List<PlannedRun> bind(
      ConfigLoader loader, ConfigTree base, AblationConfig ablation, List<Cell> cells) {
    List<PlannedRun> runs = new ArrayList<>();
    MeasuredData measured = new MeasuredData();
    CellProblems problems =
        new CellProblems(cells.stream().map(Cell::name).toList(), ablation.seeds());
    for (long seed : ablation.seeds()) {
      for (Cell cell : cells) {
        ConfigTree tree = patched(base, ablation, cell).override("training.seed=" + seed);
        try {
          runs.add(new PlannedRun(cell, seed, ResolvedRun.bind(loader, tree, measured)));
        } catch (ConfigException e) {
          e.problems().forEach(problem -> problems.add(cell.name(), seed, problem));
        }
      }
    }
    problems.throwIfAny();
    return runs;
  }

  /** A table compares cells on one split. */
  private static void checkOneSplit(List<PlannedRun> runs) {
    Set<String> splits = new TreeSet<>();
    runs.forEach(run -> splits.add(run.config().scoring().split()));
    if (splits.size() > 1) {
      throw new AblationException(
          List.of(
              "scoring.split: the cells are scored on different splits ("
                  + String.join(", ", splits)
                  + "); a table compares them on one"));
    }
  }

  private static ConfigTree patched(ConfigTree base, AblationConfig ablation, Cell cell) {
    ConfigTree tree = base;
    for (Map.Entry<String, Map<String, ConfigTree>> axis : ablation.axes().entrySet()) {
      for (Map.Entry<String, ConfigTree> level : axis.getValue().entrySet()) {
        if (level.getKey().equals(cell.levels().get(axis.getKey()))) {
          tree = tree.merge(level.getValue());
        }
      }
    }
    return tree;
  }

  private static Map<String, Set<String>> levels(AblationConfig ablation) {
    Map<String, Set<String>> levels = new LinkedHashMap<>();
    ablation.axes().forEach((axis, patches) -> levels.put(axis, patches.keySet()));
    return levels;
  }

  private static void checkSeeds(List<Long> seeds, int cells) {
    if ((long) seeds.size() * cells > MOST_RUNS) {
      throw new AblationException(
          List.of(
              "seeds: "
                  + seeds.size()
                  + " seeds for each of "
                  + cells
                  + " cells; allowed are at most "
                  + MOST_RUNS
                  + " runs"));
    }
    if (seeds.isEmpty()) {
      throw new AblationException(List.of("seeds: is empty; give at least one, such as [1]"));
    }
    if (new HashSet<>(seeds).size() != seeds.size()) {
      throw new AblationException(List.of("seeds: repeat in " + seeds + "; give each once"));
    }
  }

  private static String baseline(AblationConfig ablation, List<Cell> cells) {
    List<String> names = cells.stream().map(Cell::name).toList();
    String fallback = names.contains("baseline") ? "baseline" : names.get(0);
    String baseline = ablation.baseline().orElse(fallback);
    if (!names.contains(baseline)) {
      throw new AblationException(
          List.of(
              "baseline: there is no cell '"
                  + baseline
                  + "'; the cells are: "
                  + String.join(", ", names)));
    }
    return baseline;
  }
}
