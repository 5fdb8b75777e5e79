package dev.wsss.train.pipeline;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.eval.report.StageMasks;
import dev.wsss.eval.report.StageTables;
import dev.wsss.train.provenance.CellFolder;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the folder of a pipeline says, or that of a cell of an ablation over pipelines.
 *
 * @param identity what its masks depend on
 * @param result scores by stage
 * @param pictures counts of each picture, by stage and split; those of the last stage of a split
 *     once more as {@link StageTables#LAST}, and first
 */
public record FinishedPipeline(
    RunIdentity identity,
    ClassNames classes,
    RunResult result,
    Map<StageMasks, List<PictureCounts>> pictures) {

  /** Whether a pipeline has written to a folder, whether it has come to its end or not. */
  public static boolean isIn(Path folder) throws IOException {
    boolean isOwn = Files.isDirectory(folder.resolve("stages")) && !CellFolder.isAblation(folder);
    return isOwn
        || !StageIndex.read(folder).isEmpty()
        || new RunFolder(folder).identity().filter(FinishedPipeline::isOfPipeline).isPresent();
  }

  private static boolean isOfPipeline(RunIdentity identity) {
    return identity.training().values().containsKey(StageInputs.STAGES);
  }

  /**
   * Reads a folder.
   *
   * @throws RunFolderException if it is not finished, or a stage is gone
   */
  public static FinishedPipeline read(Path folder) throws IOException {
    Map<String, Path> index = StageIndex.read(folder);
    if (index.isEmpty()) {
      throw new RunFolderException(
          folder + " is not finished: it has no stages.json; start the same command again");
    }
    List<RunIdentity.Part> settings = new ArrayList<>();
    List<PipelineResult.Row> rows = new ArrayList<>();
    String data = "";
    for (Map.Entry<String, Path> stage : index.entrySet()) {
      StageRecord record = record(folder, stage.getKey(), stage.getValue());
      settings.add(record.inputs().settings());
      data = record.inputs().data();
      rows.add(PipelineResult.Row.read(stage.getKey(), stage.getValue(), record.cost()));
    }
    RunIdentity.Part all = StageInputs.settings(settings, List.copyOf(index.keySet()));
    ClassNames classes =
        Optional.ofNullable(index.get(TrainStage.NAME))
            .flatMap(trained -> new RunFolder(trained).classes())
            .orElseThrow(() -> gone(folder, TrainStage.NAME));
    return new FinishedPipeline(
        new RunIdentity(all, RunIdentity.Part.none(), data),
        classes,
        PipelineScores.of(
            new PipelineResult(rows, Optional.empty()), split(all.values(), rows), classes),
        pictures(rows, classes));
  }

  private static StageRecord record(Path folder, String stage, Path own) throws IOException {
    return StageRecord.read(own)
        .filter(record -> record.isFinished() && Files.isDirectory(own))
        .orElseThrow(() -> gone(folder, stage));
  }

  private static RunFolderException gone(Path folder, String stage) {
    return new RunFolderException(
        "%s: its stage %s is gone, or was begun anew; start the same command again"
            .formatted(folder, stage));
  }

  /** The scored one, where there are numbers of it. */
  private static String split(SortedMap<String, String> settings, List<PipelineResult.Row> rows) {
    String scored = settings.getOrDefault("scoring.split", "");
    return rows.stream()
            .anyMatch(
                row -> row.quality().containsKey(scored) || row.imageMap().containsKey(scored))
        ? scored
        : settings.getOrDefault("training.split", "");
  }

  private static Map<StageMasks, List<PictureCounts>> pictures(
      List<PipelineResult.Row> rows, ClassNames classes) throws IOException {
    Map<StageMasks, List<PictureCounts>> last = new LinkedHashMap<>();
    Map<StageMasks, List<PictureCounts>> byStage = new LinkedHashMap<>();
    for (PipelineResult.Row row : rows) {
      for (String split : row.quality().keySet()) {
        List<PictureCounts> counts =
            PicturesCsv.read(row.folder().resolve("pictures-" + split + ".csv"), classes);
        byStage.put(new StageMasks(row.stage(), split), counts);
        last.put(new StageMasks(StageTables.LAST, split), counts);
      }
    }
    Map<StageMasks, List<PictureCounts>> all = new LinkedHashMap<>(last);
    all.putAll(byStage);
    return all;
  }
}
