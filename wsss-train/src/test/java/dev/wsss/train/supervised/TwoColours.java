package dev.wsss.train.supervised;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Reddish squares on bluish ground, with noise; a third of the ground is not labelled. */
final class TwoColours implements SegmentationDataset {
  private static final int SIDE = 16;

  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("square"));
  }

  @Override
  public List<String> splits() {
    return List.of("train");
  }

  @Override
  public List<Example> examples(String split) {
    BitSet labels = new BitSet();
    labels.set(0);
    return IntStream.range(0, 20).mapToObj(i -> new Example("" + i, labels)).toList();
  }

  @Override
  public RgbImage image(Example example) {
    byte[] indices = indices(example);
    SplittableRandom random = new SplittableRandom(Integer.parseInt(example.id()));
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int p = 0; p < indices.length; p++) {
      boolean square = indices[p] == 1;
      rgb[3 * p] = (byte) ((square ? 160 : 40) + random.nextInt(50));
      rgb[3 * p + 1] = (byte) random.nextInt(200);
      rgb[3 * p + 2] = (byte) ((square ? 40 : 160) + random.nextInt(50));
    }
    return new RgbImage(SIDE, SIDE, rgb);
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return Optional.of(new IndexMask(SIDE, SIDE, indices(example)));
  }

  private static byte[] indices(Example example) {
    int left = Integer.parseInt(example.id()) % 8;
    byte[] indices = new byte[SIDE * SIDE];
    for (int p = 0; p < indices.length; p++) {
      int x = p % SIDE;
      int y = p / SIDE;
      if (x >= left && x < left + 8 && y >= 4 && y < 10) {
        indices[p] = 1;
      } else if (y > 9 + left % 4) {
        indices[p] = (byte) IndexMask.IGNORE;
      }
    }
    return indices;
  }
}
