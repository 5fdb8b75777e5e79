package dev.wsss.eval.store;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Makes masks of maps: a PNG a picture, cut at a threshold. No mask is written of a picture that is
 * left out.
 */
public final class MaskSink implements MapSink {
  private final Path folder;
  private final UnaryOperator<String> names;
  private final double threshold;

  /**
   * @param names the path below the folder of each picture, by its id
   * @param threshold score from which a pixel gets its class
   */
  public MaskSink(Path folder, UnaryOperator<String> names, double threshold) {
    this.folder = folder;
    this.names = names;
    this.threshold = threshold;
  }

  @Override
  public void add(StoredMaps maps) {
    IndexMask mask = maps.mask(threshold);
    try {
      WholeFile.write(folder.resolve(names.apply(maps.id())), to -> new MaskFile(to).write(mask));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  @Override
  public void leaveOut(String id, String reason) {}
}
