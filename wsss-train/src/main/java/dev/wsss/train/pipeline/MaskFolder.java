package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.metric.MaskScores;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.store.StoredMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The masks that a stage makes: {@code masks/}, named by the data set so that it reads them back,
 * {@code scores.json} and, for each split with exact masks, {@code pictures-SPLIT.csv}.
 *
 * @param folder the stage's
 */
record MaskFolder(Path folder, SegmentationDataset data) {

  /** Where the mask of a picture is. */
  Path file(Example example) {
    return masks().resolve(data.maskName(example));
  }

  Path masks() {
    return folder.resolve("masks");
  }

  void write(Example example, IndexMask mask) throws IOException {
    WholeFile.write(file(example), to -> new MaskFile(to).write(mask));
  }

  /**
   * Writes the mask of a picture's scores, as a store keeps them.
   *
   * @return what the store is to keep; the mask is there first, so that a picture that the store
   *     has is whole
   */
  StoredMaps keep(Example example, ClassScores scores) throws IOException {
    StoredMaps stored = StoredMaps.of(example.id(), scores);
    write(example, stored.classScores().labels());
    return stored;
  }

  /** Makes masks of pictures. */
  interface Maker {
    IndexMask of(Example example) throws IOException;
  }

  /** Writes the masks that are missing, with as many threads as there are processors. */
  void writeMissing(String stage, List<Example> examples, Maker maker, StageListener listener)
      throws IOException {
    List<Example> left = examples.stream().filter(e -> !Files.exists(file(e))).toList();
    new PictureLoop(stage, examples.size() - left.size(), examples.size(), listener)
        .run(
            left,
            PictureLoop.threads(
                Runtime.getRuntime().availableProcessors(),
                () -> example -> write(example, maker.of(example))));
  }

  /** Compares the masks that are there with exact ones, split by split. */
  void score(Map<String, List<Example>> reported) throws IOException {
    Map<String, MaskQuality> bySplit = new TreeMap<>();
    for (Map.Entry<String, List<Example>> split : reported.entrySet()) {
      List<Example> examples =
          split.getValue().stream().filter(e -> Files.exists(file(e)) && hasTruth(e)).toList();
      if (!examples.isEmpty()) {
        MaskScores scores = MaskScores.of(data, examples, masks());
        bySplit.put(split.getKey(), MaskQuality.of(scores, data.classes()));
        PicturesCsv.write(
            folder.resolve("pictures-" + split.getKey() + ".csv"), data.classes(), scores.counts());
      }
    }
    MaskQuality.write(folder, bySplit);
  }

  private boolean hasTruth(Example example) {
    try {
      return data.mask(example).isPresent();
    } catch (BadImageException e) {
      return true; // a damaged one was meant to be compared with, and is told of when it is read
    }
  }

  /** A checksum of the names and contents of the masks of pictures, those that are there. */
  String digest(List<Example> examples) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Example example : examples) {
      Path file = file(example);
      String content = Files.exists(file) ? Sha256.of(file) : "none";
      all.append(example.id()).append('\t').append(content).append('\n');
    }
    return Sha256.of(all.toString());
  }

  /** The mask of a picture; empty where none was made. */
  Optional<IndexMask> read(Example example) throws BadImageException {
    Path file = file(example);
    return Files.exists(file) ? Optional.of(new MaskFile(file).read()) : Optional.empty();
  }
}
