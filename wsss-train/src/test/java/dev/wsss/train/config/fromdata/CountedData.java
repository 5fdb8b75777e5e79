package dev.wsss.train.config.fromdata;

import dev.wsss.api.config.Doc;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** One picture of one class; writes a line whenever it is opened. */
final class CountedData implements SegmentationDataset {

  /**
   * Where to.
   *
   * @param log gets the lines
   */
  record Config(@Doc("Gets a line at each opening.") Path log) {}

  @Inject
  CountedData(Config config) {
    try {
      Files.writeString(
          config.log(), "opened\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("thing"));
  }

  @Override
  public List<String> splits() {
    return List.of("train", "val");
  }

  @Override
  public List<Example> examples(String split) {
    return List.of(new Example(split, BitSet.valueOf(new long[] {1})));
  }

  @Override
  public RgbImage image(Example example) {
    return new RgbImage(2, 1, new byte[6]);
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return Optional.empty();
  }
}
