package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What pictures look like to a network: {@code cams/NAME}, the winning class and score of every
 * pixel ({@link ScoreMapFile}), and {@code masks/NAME}, the class index of every pixel at a
 * threshold ({@link MaskFile}). The data set gives the names, so that it reads the masks back.
 */
final class SplitMaps {
  private final Path folder;
  private final Function<Example, String> names;
  private final int most;
  private final Set<String> heldOutToo;
  private final List<String> kept = new ArrayList<>();

  /**
   * @param folder where {@code cams/} and {@code masks/} come
   * @param names of the files; {@link SegmentationDataset#maskName}
   * @param most how many pictures are kept, the first ones
   * @param heldOutToo names of the pictures set apart that are kept as well
   */
  private SplitMaps(
      Path folder, Function<Example, String> names, int most, Set<String> heldOutToo) {
    this.folder = folder;
    this.names = names;
    this.most = most;
    this.heldOutToo = heldOutToo;
  }

  /** Keeps the first reported pictures. */
  static SplitMaps first(int most, SegmentationDataset data, Path folder) {
    return new SplitMaps(folder, data::maskName, most, Set.of());
  }

  /** Keeps all pictures of a split, whether they are reported or set apart. */
  static SplitMaps all(String split, SegmentationDataset data, Path folder) {
    Set<String> ids = data.examples(split).stream().map(Example::id).collect(Collectors.toSet());
    return new SplitMaps(folder, data::maskName, Integer.MAX_VALUE, ids);
  }

  /** Keeps nothing. */
  static SplitMaps none() {
    return new SplitMaps(Path.of(""), Example::id, 0, Set.of());
  }

  /** Whether the map of a picture will be kept; may say so of a few that come too late. */
  boolean wants(Example example, boolean isHeldOut) {
    return kept.size() < most && (!isHeldOut || heldOutToo.contains(example.id()));
  }

  /** Writes the map of a reported picture, unless enough are kept. */
  void add(Prediction prediction) {
    if (kept.size() == most) {
      return;
    }
    String name = names.apply(prediction.example());
    try {
      ScoreMapFile.write(file("cams", name), prediction.map());
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
    kept.add(name);
  }

  /** Writes the map of a picture set apart, if it was asked for. */
  void addHeldOut(Prediction prediction) {
    if (heldOutToo.contains(prediction.example().id())) {
      add(prediction);
    }
  }

  /** Writes the masks of the maps that were kept. */
  void writeMasks(double threshold) throws IOException {
    for (String name : kept) {
      // Read back: a map in memory for every picture of a split would be gigabytes.
      IndexMask mask = ScoreMapFile.read(file("cams", name)).mask(threshold);
      WholeFile.write(file("masks", name), target -> new MaskFile(target).write(mask));
    }
  }

  private Path file(String kind, String name) {
    return folder.resolve(kind).resolve(name);
  }
}
