package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Pictures of one colour each: picture i has the value i everywhere; some are broken. */
final class FakeDataset implements SegmentationDataset {
  private final int count;
  private final Set<Integer> broken;
  final AtomicInteger decoded = new AtomicInteger();

  FakeDataset(int count, Integer... broken) {
    this.count = count;
    this.broken = Set.of(broken);
  }

  List<Example> examples() {
    return examples("train");
  }

  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("thing"));
  }

  @Override
  public List<String> splits() {
    return List.of("train");
  }

  @Override
  public List<Example> examples(String split) {
    List<Example> examples = new ArrayList<>();
    BitSet labels = new BitSet();
    labels.set(0);
    for (int i = 0; i < count; i++) {
      examples.add(new Example(Integer.toString(i), labels));
    }
    return examples;
  }

  @Override
  public RgbImage image(Example example) throws BadImageException {
    decoded.incrementAndGet();
    int value = Integer.parseInt(example.id());
    if (broken.contains(value)) {
      throw new BadImageException(value + ".jpg: truncated");
    }
    byte[] rgb = new byte[3 * 20 * 10];
    java.util.Arrays.fill(rgb, (byte) value);
    return new RgbImage(20, 10, rgb);
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return Optional.empty();
  }
}
