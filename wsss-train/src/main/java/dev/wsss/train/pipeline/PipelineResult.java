package dev.wsss.train.pipeline;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.TextTable;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.run.LearningFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;

/**
 * What a pipeline has made, stage by stage.
 *
 * @param rows in the order of the stages
 * @param learning what says that the network of the maps has learned nothing, with what to change;
 *     empty where nothing does
 */
public record PipelineResult(List<Row> rows, Optional<LearningFailure> learning) {
  private static final double MEGABYTE = 1e6;

  /** In mIoU, 0…1: less is nothing to speak of. */
  private static final double LEAST_ABOVE_BACKGROUND = 0.01;

  public PipelineResult {
    rows = List.copyOf(rows);
  }

  /**
   * A stage.
   *
   * @param folder what it has made
   * @param quality of its masks by split; empty where it makes none, or there is nothing to compare
   *     them with
   * @param imageMap mean average precision of the network's image-level classes by split, K values
   *     by class; of the stage seeds alone
   */
  public record Row(
      String stage,
      Path folder,
      Map<String, MaskQuality> quality,
      Map<String, Score> imageMap,
      StageCost cost) {

    /** Reads what a finished stage has left in its folder. */
    static Row read(String stage, Path folder, StageCost cost) throws IOException {
      return new Row(
          stage, folder, MaskQuality.read(folder), LabelFacts.read(folder).precision(), cost);
    }
  }

  /**
   * The folder of a stage.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Path folder(String stage) {
    return row(stage)
        .map(Row::folder)
        .orElseThrow(() -> new IllegalArgumentException("no stage " + stage));
  }

  private Optional<Row> row(String stage) {
    return rows.stream().filter(row -> row.stage().equals(stage)).findFirst();
  }

  /** The folder of the last stage that has made masks; empty where none has. */
  public Optional<Path> masks() {
    return rows.stream()
        .map(row -> row.folder().resolve("masks"))
        .filter(Files::isDirectory)
        .reduce((earlier, later) -> later);
  }

  /** The masks of the training pictures that a network learns from; empty where there are none. */
  public Optional<Path> pseudoLabels() {
    return row(PseudoLabelStage.NAME).map(row -> row.folder().resolve("masks"));
  }

  /**
   * Says what has gone wrong, in one line or several: that the network of the maps has learned
   * nothing, from which all else follows, or that the segmentation network has learned background
   * alone.
   */
  public Optional<String> failure() {
    return learning.map(LearningFailure::toString).or(this::backgroundAlone);
  }

  private Optional<String> backgroundAlone() {
    return rows.stream()
        .filter(row -> row.stage().equals(NetworkStage.NAME))
        .flatMap(row -> row.quality().values().stream())
        .filter(
            own ->
                own.miou()
                    < own.trivial().getOrDefault("background alone", 0.0) + LEAST_ABOVE_BACKGROUND)
        .findFirst()
        .map(
            own ->
                String.format(
                    Locale.ROOT,
                    "the segmentation network has learned little but background (mIoU %.1f %%, background alone %.1f %%); segmentation.loss=balanced, more segmentation.training.epochs or a larger segmentation.optimiser.rate may help",
                    100 * own.miou(),
                    100 * own.trivial().getOrDefault("background alone", 0.0)));
  }

  /** A table for each split with exact masks, one of costs where there is none. */
  public List<TextTable> tables() {
    List<TextTable> qualities = qualities();
    return qualities.isEmpty() ? List.of(costs()) : qualities;
  }

  /** A table for each split with exact masks. */
  List<TextTable> qualities() {
    TreeSet<String> splits = new TreeSet<>();
    rows.forEach(row -> splits.addAll(row.quality().keySet()));
    return splits.stream().map(this::quality).toList();
  }

  private TextTable quality(String split) {
    List<List<String>> lines = new ArrayList<>();
    Map<String, Double> trivial = Map.of();
    int pictures = 0;
    boolean hasImageMap = rows.stream().anyMatch(row -> row.imageMap().containsKey(split));
    for (Row row : rows) {
      MaskQuality own = row.quality().get(split);
      if (own != null) {
        List<String> line = new ArrayList<>(List.of(row.stage(), percent(own.miou())));
        line.addAll(List.of(percent(own.precision()), percent(own.recall())));
        line.add(percent(own.boundaryF()));
        if (hasImageMap) {
          line.add(imageMap(row, split));
        }
        line.addAll(List.of(secondsPerPicture(row.cost()), megabytes(row.cost())));
        lines.add(line);
        trivial = own.trivial();
        pictures = own.pictures();
      }
    }
    List<String> header =
        new ArrayList<>(List.of("stage", "mIoU", "precision", "recall", "boundary F"));
    if (hasImageMap) {
      header.add("image mAP");
    }
    header.addAll(List.of("s/picture", "MB"));
    trivial.forEach(
        (name, miou) -> {
          List<String> line = new ArrayList<>(List.of(name, percent(miou)));
          line.addAll(Collections.nCopies(header.size() - line.size(), ""));
          lines.add(line);
        });
    return new TextTable(
        "Masks of split %s, %d pictures".formatted(split, pictures), header, lines);
  }

  /** What each stage took; and image mAP of the splits whose masks have no table. */
  TextTable costs() {
    List<String> splits =
        rows.stream()
            .flatMap(row -> row.imageMap().keySet().stream())
            .filter(split -> rows.stream().noneMatch(row -> row.quality().containsKey(split)))
            .distinct()
            .toList();
    List<String> header = new ArrayList<>(List.of("stage", "seconds", "s/picture", "MB"));
    splits.forEach(split -> header.add("image mAP, " + split));
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.stage()));
      line.add(String.format(Locale.ROOT, "%.1f", row.cost().seconds()));
      line.addAll(List.of(secondsPerPicture(row.cost()), megabytes(row.cost())));
      splits.forEach(split -> line.add(imageMap(row, split)));
      lines.add(line);
    }
    return new TextTable("No exact masks to compare with", header, lines);
  }

  private static String imageMap(Row row, String split) {
    Score own = row.imageMap().get(split);
    return own == null ? "" : percent(own.value());
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String secondsPerPicture(StageCost cost) {
    return cost.pictures() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.3f", cost.seconds() / cost.pictures());
  }

  private static String megabytes(StageCost cost) {
    return String.format(Locale.ROOT, "%.1f", cost.bytes() / MEGABYTE);
  }

  /** Writes {@code pipeline.csv}, with all digits, and {@code pipeline.md}. */
  void write(Path folder, ClassNames classes) throws IOException {
    WholeFile.write(folder.resolve("pipeline.csv"), to -> Files.writeString(to, csv(classes)));
    StringBuilder markdown = new StringBuilder();
    tables().forEach(table -> markdown.append(table.markdown()).append('\n'));
    WholeFile.write(folder.resolve("pipeline.md"), to -> Files.writeString(to, markdown));
  }

  private String csv(ClassNames classes) {
    StringBuilder csv = new StringBuilder("stage,split,score,value\n");
    for (Row row : rows) {
      line(csv, row, "", "seconds", row.cost().seconds());
      line(csv, row, "", "pictures", row.cost().pictures());
      line(csv, row, "", "bytes", (double) row.cost().bytes());
      row.quality()
          .forEach(
              (split, own) -> {
                line(csv, row, split, "miou", own.miou());
                line(csv, row, split, "precision", own.precision());
                line(csv, row, split, "recall", own.recall());
                line(csv, row, split, "boundary-f", own.boundaryF());
                own.iou().forEach((name, iou) -> line(csv, row, split, "iou " + name, iou));
              });
      row.imageMap()
          .forEach(
              (split, own) -> {
                line(csv, row, split, "image-map", own.value());
                own.byClass(classes).forEach((name, ap) -> line(csv, row, split, "ap " + name, ap));
              });
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, Row row, String split, String score, double value) {
    if (!Double.isNaN(value)) {
      csv.append(CSVFormat.DEFAULT.format(row.stage(), split, score, value)).append('\n');
    }
  }
}
