package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.eval.coco.CocoFiles;
import dev.wsss.eval.data.PictureLabels;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.report.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Labels many photographs into a folder: {@code masks/NAME.png}, {@code overlays/NAME.jpg}, {@code
 * labels.csv}, {@code classes.txt} and, where asked for, {@code scores/NAME.png}, {@code
 * coco-rle.json} and {@code coco-polygons.json}.
 *
 * <p>Pictures that cannot be read are left out and listed in {@code failed.csv}. Every file is
 * there whole or not at all, and what is finished is noted: the same call again goes on where a
 * killed one stopped, tries again what failed, and adds what is new. {@code settings.txt} says what
 * the folder is of; another model or other settings are refused.
 */
public final class PredictionJob {
  private final Predictor predictor;
  private final String model;
  private final PredictionSettings settings;

  /**
   * @param predictor not closed by this
   * @param model a text that no other model has, such as the checksum of its file
   */
  public PredictionJob(Predictor predictor, String model, PredictionSettings settings) {
    this.predictor = predictor;
    this.model = model;
    this.settings = settings;
  }

  /**
   * Labels the pictures.
   *
   * @param out the folder; made where it is missing
   * @throws DataException if the table of labels is wrong or lacks a picture; nothing is written
   * @throws PredictionFolderException if the folder cannot take these predictions
   * @throws UncheckedIOException if something cannot be written
   * @throws CancellationException if the thread is interrupted; pictures in work are finished first
   */
  public PredictionReport run(List<SourcePicture> pictures, Path out, JobListener listener) {
    long start = System.nanoTime();
    Optional<PictureLabels> labels =
        settings.labels().map(file -> PictureLabels.read(file, predictor.info().classes()));
    List<Optional<BitSet>> given = new ArrayList<>();
    for (SourcePicture picture : pictures) {
      given.add(labels.map(table -> table.of(picture.name())));
    }
    try {
      FolderIdentity.require(out, identity());
      int classes = predictor.info().classes().count();
      try (Journal journal = Journal.open(out, classes)) {
        List<PictureWork> work = work(pictures, given, journal.rows());
        PredictionTables tables = new PredictionTables(out, predictor.info().classes());
        tables.writeClasses();
        listener.starts(
            pictures.size() - work.size(),
            pictures.size(),
            MemoryGuess.of(work.stream().map(w -> w.picture().file()).toList()));
        OptionalDouble secondsPerLook = sayTiles(work, listener);
        Map<Path, String> failed = new ConcurrentSkipListMap<>();
        JobProgress progress = new JobProgress(listener, work, pictures.size(), secondsPerLook);
        new Workers(predictor, settings, out, journal, progress).run(work, pictures.size(), failed);
        List<LabelledRow> rows = List.copyOf(journal.rows().values());
        tables.writeLabels(rows);
        tables.writeFailed(failed);
        if (settings.coco()) {
          writeCoco(out, rows);
        }
        return new PredictionReport(
            pictures.size() - failed.size(), failed.size(), (System.nanoTime() - start) * 1e-9);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + out + ": " + IoReason.of(e), e);
    }
  }

  /** Pictures that are not finished, each with a name of its own. */
  private List<PictureWork> work(
      List<SourcePicture> pictures,
      List<Optional<BitSet>> labels,
      Map<String, LabelledRow> finished) {
    OutputNames names = new OutputNames();
    finished.values().forEach(row -> names.take(row.name(), row.image()));
    List<PictureWork> work = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      SourcePicture picture = pictures.get(i);
      LabelledRow row = finished.get(PictureWork.key(picture));
      if (row == null) {
        boolean again = names.isListed(picture.name());
        String name = names.next(picture);
        SourcePicture own =
            again ? new SourcePicture(picture.file().toString(), picture.file()) : picture;
        work.add(new PictureWork(own, name, labels.get(i), tiles(picture.file())));
      } else if (!PictureWork.isSame(row, picture.file())) {
        work.add(
            new PictureWork(
                new SourcePicture(row.image(), picture.file()),
                row.name(),
                labels.get(i),
                tiles(picture.file())));
      }
    }
    return work;
  }

  /** By the file's header; 0 where it cannot be read, which whoever decodes it will say. */
  private int tiles(Path file) {
    if (settings.large() != LargePictures.TILED) {
      return 0;
    }
    try {
      PictureFile.Size size = new PictureFile(file).size();
      return predictor.tiles(size.width(), size.height());
    } catch (BadImageException e) {
      return 0;
    }
  }

  /** Gives the seconds of a look, where there are parts to look at. */
  private OptionalDouble sayTiles(List<PictureWork> work, JobListener listener) {
    if (settings.large() != LargePictures.TILED || work.isEmpty()) {
      return OptionalDouble.empty();
    }
    long tiles = JobProgress.tiles(work);
    if (tiles == 0) {
      listener.willLookAtTiles(0, 0);
      return OptionalDouble.empty();
    }
    double seconds = predictor.measureTile();
    listener.willLookAtTiles(tiles, seconds * (tiles + work.size()));
    return OptionalDouble.of(seconds);
  }

  private void writeCoco(Path out, List<LabelledRow> rows) throws IOException {
    List<CocoFiles.Picture> pictures =
        PredictionTables.sorted(rows).stream()
            .map(
                row ->
                    new CocoFiles.Picture(row.image(), out.resolve("masks/" + row.name() + ".png")))
            .toList();
    CocoFiles.write(out, predictor.info().classes(), pictures);
  }

  private List<String> identity() throws IOException {
    ModelInfo info = predictor.info();
    return List.of(
        "model: " + model,
        "labels: "
            + (settings.labels().isPresent()
                ? "given, " + Sha256.of(settings.labels().get())
                : "found, thresholds " + info.labels().byClass()),
        "mask threshold: "
            + info.maskThreshold()
            + settings.refinement().map(chain -> ", refined by " + chain.settings()).orElse(""),
        "large pictures: " + settings.large().name().toLowerCase(Locale.ROOT),
        "doubt: " + settings.doubt(),
        "scores: " + settings.scores());
  }
}
