package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.report.PictureTile;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Labels one picture and writes its files.
 *
 * @param name of the files, without extension
 * @param labels it is known to have; none where the model is to find them
 * @param tiles parts that it will be looked at in, by its header; 0 where it is looked at whole
 */
record PictureWork(SourcePicture picture, String name, Optional<BitSet> labels, int tiles) {
  /** Longer side of an overlay, in pixels: it is to be looked at. */
  private static final int OVERLAY_SIDE = 1280;

  /** The absolute path that the journal knows the picture by. */
  static String key(SourcePicture picture) {
    return picture.file().toAbsolutePath().normalize().toString();
  }

  /** Whether a row is about the file as it is now. */
  static boolean isSame(LabelledRow row, Path file) {
    try {
      return row.bytes() == Files.size(file)
          && row.modified() == Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return false; // gone: whoever reads it will say so
    }
  }

  /**
   * Does the work.
   *
   * @param listener hears of the parts of a large picture
   * @throws BadImageException if the picture, or what a refiner knows of it, cannot be decoded
   * @throws IOException if a file cannot be written
   */
  LabelledRow run(Predictor predictor, PredictionSettings settings, Path out, TileListener listener)
      throws IOException {
    Path file = picture.file();
    RgbImage image = new PictureFile(file).read();
    PicturePrediction prediction =
        predictor.predict(
            new Example(name, labels.orElseGet(BitSet::new)),
            image,
            labels.isPresent() ? LabelSource.GIVEN : predictor.info().labels(),
            settings.large(),
            listener);
    IndexMask mask =
        settings.refinement().isPresent()
            ? prediction.refined(settings.refinement().get(), image).mask(settings.doubt())
            : prediction.mask(settings.doubt());
    WholeFile.write(out.resolve("masks/" + name + ".png"), to -> new MaskFile(to).write(mask));
    PictureTile overlay =
        PictureTile.of(
            PictureTile.shrunk(image, OVERLAY_SIDE), PictureTile.shrunk(mask, OVERLAY_SIDE));
    WholeFile.write(
        out.resolve("overlays/" + name + ".jpg"), to -> Files.write(to, overlay.jpeg()));
    if (settings.scores()) {
      ScoreMapFile.write(out.resolve("scores/" + name + ".png"), prediction.scores());
    }
    return row(prediction, mask, predictor.info().classes());
  }

  private LabelledRow row(PicturePrediction prediction, IndexMask mask, ClassNames classes)
      throws IOException {
    long[] pixels = new long[IndexMask.IGNORE + 1];
    for (byte index : mask.indices()) {
      pixels[index & 0xff]++;
    }
    List<String> shares = new ArrayList<>();
    for (int index = 0; index <= classes.count(); index++) {
      shares.add(LabelledRow.number((double) pixels[index] / mask.indices().length));
    }
    shares.add(LabelledRow.number((double) pixels[IndexMask.IGNORE] / mask.indices().length));
    List<String> probabilities = new ArrayList<>();
    for (float probability : prediction.probabilities()) {
      probabilities.add(LabelledRow.number(probability));
    }
    return new LabelledRow(
        key(picture),
        Files.size(picture.file()),
        Files.getLastModifiedTime(picture.file()).toMillis(),
        picture.name(),
        name,
        mask.width(),
        mask.height(),
        prediction.example().labels().stream()
            .mapToObj(k -> classes.foreground().get(k))
            .collect(Collectors.joining(";")),
        probabilities,
        shares);
  }
}
