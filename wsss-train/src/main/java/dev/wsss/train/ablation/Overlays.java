package dev.wsss.train.ablation;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Score;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.OverlaySheet;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.eval.report.SheetRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The overlay sheet: the pictures that runs keep in {@code cams/}, in each cell's first run. */
final class Overlays {
  private static final int TILE_IN_PIXELS = 160;

  private final SegmentationDataset data;

  /** The first finished run of each cell. */
  private final Map<String, CellOutcome> cells = new LinkedHashMap<>();

  Overlays(AblationPlan plan, SegmentationDataset data, Map<PlannedRun, CellOutcome> outcomes) {
    this.data = data;
    for (String cell : plan.cells()) {
      outcomes.forEach(
          (run, outcome) -> {
            if (run.cell().name().equals(cell)) {
              cells.putIfAbsent(cell, outcome);
            }
          });
    }
  }

  /** Whether there was anything to draw. */
  boolean write(Path file) {
    try {
      List<SheetRow> rows = rows();
      if (!rows.isEmpty()) {
        List<String> titles = new ArrayList<>();
        cells.forEach((cell, outcome) -> titles.add(title(cell, outcome)));
        new OverlaySheet(data.classes(), titles, TILE_IN_PIXELS).write(file, rows);
      }
      return !rows.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + IoReason.of(e), e);
    }
  }

  private List<SheetRow> rows() throws IOException {
    List<SheetRow> rows = new ArrayList<>();
    Optional<CellOutcome> first = cells.values().stream().findFirst();
    if (first.isPresent()) {
      for (Example example : data.examples(first.get().result().split())) {
        if (cells.values().stream().anyMatch(cell -> Files.exists(sample(cell, example)))) {
          addRow(rows, example);
        }
      }
    }
    return rows;
  }

  private void addRow(List<SheetRow> rows, Example example) throws IOException {
    RgbImage image;
    Optional<IndexMask> mask;
    try {
      image = data.image(example);
      mask = data.mask(example);
    } catch (BadImageException e) {
      // It was told when it was scored.
      return;
    }
    List<Optional<SheetRow.Overlay>> overlays = new ArrayList<>();
    for (CellOutcome cell : cells.values()) {
      overlays.add(overlay(cell, example, image));
    }
    String labels =
        String.join(
            ", ", example.labels().stream().mapToObj(data.classes().foreground()::get).toList());
    rows.add(new SheetRow(example.id() + ": " + labels, image, mask, overlays));
  }

  private Optional<SheetRow.Overlay> overlay(CellOutcome cell, Example example, RgbImage image)
      throws IOException {
    Path file = sample(cell, example);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ScoreMap map = ScoreMapFile.read(file);
    // Where an axis changes the data, a name may stand for another picture.
    return map.width() == image.width() && map.height() == image.height()
        ? Optional.of(new SheetRow.Overlay(map, miou(cell).map(Score::threshold).orElse(0.5)))
        : Optional.empty();
  }

  private Path sample(CellOutcome cell, Example example) {
    return cell.folder().resolve("cams").resolve(data.maskName(example));
  }

  private static String title(String cell, CellOutcome outcome) {
    return miou(outcome)
        .map(
            score ->
                String.format(Locale.ROOT, "%s (%s %.2f)", cell, score.mode(), score.threshold()))
        .orElse(cell);
  }

  /** The score whose threshold is drawn: that of the first mode, as in the table by class. */
  private static Optional<Score> miou(CellOutcome outcome) {
    return outcome.result().scores().values().stream()
        .flatMap(List::stream)
        .filter(score -> score.name().equals("miou") && !Double.isNaN(score.threshold()))
        .findFirst();
  }
}
