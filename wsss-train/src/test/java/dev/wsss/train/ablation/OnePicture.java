package dev.wsss.train.ablation;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** One picture of two pixels. */
record OnePicture() implements SegmentationDataset {
  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("thing"));
  }

  @Override
  public List<String> splits() {
    return List.of("val");
  }

  @Override
  public List<Example> examples(String split) {
    return List.of(new Example("one", BitSet.valueOf(new long[] {1})));
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
