package dev.wsss.train.compare;

import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.AblationRow;
import dev.wsss.eval.report.ComparisonTable;
import dev.wsss.eval.report.StageMasks;
import dev.wsss.train.compare.Contestants.Contestant;
import dev.wsss.train.provenance.RunFolderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finished runs side by side: means over seeds, differences to the first one paired by seed, and
 * paired by picture. Reads folders and changes nothing.
 *
 * <p>Pipelines are compared stage by stage.
 *
 * <p>A folder is a run's, or holds runs that differ in their seed alone, as a cell of an ablation
 * does. Runs that are named one by one and differ in their seed alone belong together too.
 */
public final class Comparison {

  private Comparison() {}

  /**
   * Compares runs with the first one.
   *
   * @param folders two or more
   * @return the tables, as text, Markdown, CSV or LaTeX
   * @throws RunFolderException if a folder holds no finished run, runs were not measured alike, or
   *     share no seed with the first
   */
  public static ComparisonTable of(List<Path> folders) {
    Contestants contestants = Contestants.read(folders);
    FinishedRun first = contestants.all().get(0).runs().get(0);
    int common = contestants.common();
    List<AblationRow> rows = new ArrayList<>();
    Map<StageMasks, Map<String, Map<Long, List<PictureCounts>>>> pictures = new LinkedHashMap<>();
    for (Contestant contestant : contestants.all()) {
      requireCommonSeed(contestants.all().get(0), contestant);
      String name = contestant.name(common);
      for (FinishedRun run : contestant.runs()) {
        Protocol.require(first, run);
        rows.add(
            new AblationRow(
                name, Map.of(), run.seed(), run.result().split(), run.result().scores()));
        run.pictures()
            .forEach(
                (masks, counts) ->
                    pictures
                        .computeIfAbsent(masks, m -> new LinkedHashMap<>())
                        .computeIfAbsent(name, n -> new TreeMap<>())
                        .put(run.seed(), counts));
      }
    }
    return switch (first.kind()) {
      case RUN ->
          ComparisonTable.ofRuns(
              first.classes(), rows, pictures.getOrDefault(FinishedRun.ALONE, Map.of()));
      case PIPELINE -> ComparisonTable.ofStages(first.classes(), rows, pictures);
    };
  }

  private static void requireCommonSeed(Contestant first, Contestant other) {
    List<Long> seeds = first.runs().stream().map(FinishedRun::seed).sorted().toList();
    List<Long> theirs = other.runs().stream().map(FinishedRun::seed).sorted().toList();
    if (seeds.stream().noneMatch(theirs::contains)) {
      throw new RunFolderException(
          "%s has the seeds %s and %s has %s: runs are paired by seed, so train one of them with a seed of the other (-o training.seed=%d)"
              .formatted(first.place(), seeds, other.place(), theirs, seeds.get(0)));
    }
  }
}
