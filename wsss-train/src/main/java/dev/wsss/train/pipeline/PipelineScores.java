package dev.wsss.train.pipeline;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.report.StageTables;
import dev.wsss.train.run.MaskThreshold;
import dev.wsss.train.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline's masks are worth, and its image-level classes, as {@link StageTables} reads it.
 */
public final class PipelineScores {
  private PipelineScores() {}

  /**
   * Scores by stage; the last masks of each split come first, those that need no network last.
   *
   * @param split that is reported
   */
  public static RunResult of(PipelineResult made, String split, ClassNames classes) {
    Map<String, List<Score>> last = new LinkedHashMap<>();
    Map<String, List<Score>> trivial = new LinkedHashMap<>();
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put(StageTables.LAST, new ArrayList<>());
    double seconds = 0;
    for (PipelineResult.Row row : made.rows()) {
      seconds += row.cost().seconds();
      List<Score> own = new ArrayList<>();
      row.quality()
          .forEach(
              (of, quality) -> {
                List<Score> ofSplit = scores(of, quality, classes);
                own.addAll(ofSplit);
                last.put(of, ofSplit);
                trivial.put(of, trivial(of, quality));
              });
      row.imageMap()
          .forEach(
              (of, map) -> own.add(new Score("map", of, Double.NaN, map.value(), map.perClass())));
      if (!own.isEmpty()) {
        scores.put(row.stage(), own);
      }
    }
    last.values().forEach(scores.get(StageTables.LAST)::addAll);
    if (!trivial.isEmpty()) {
      scores.put(StageTables.TRIVIAL, trivial.values().stream().flatMap(List::stream).toList());
    }
    return new RunResult(
        split,
        scores,
        new MaskThreshold(Double.NaN, split),
        LabelThresholds.even(classes.count()),
        0,
        0,
        0,
        seconds,
        made.learning());
  }

  private static List<Score> trivial(String split, MaskQuality quality) {
    return quality.trivial().entrySet().stream()
        .map(masks -> new Score(masks.getKey(), split, Double.NaN, masks.getValue(), List.of()))
        .toList();
  }

  private static List<Score> scores(String split, MaskQuality quality, ClassNames classes) {
    List<Double> perClass = new ArrayList<>();
    for (int index = 0; index <= classes.count(); index++) {
      perClass.add(quality.iou().getOrDefault(classes.ofMaskIndex(index), Double.NaN));
    }
    return List.of(
        new Score("miou", split, Double.NaN, quality.miou(), perClass),
        new Score("precision", split, Double.NaN, quality.precision(), List.of()),
        new Score("recall", split, Double.NaN, quality.recall(), List.of()),
        new Score("boundary-f", split, Double.NaN, quality.boundaryF(), List.of()));
  }
}
