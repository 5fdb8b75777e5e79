package dev.wsss.eval.metric;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A data set of masks without pictures, of three classes. */
final class DrawnMasks implements SegmentationDataset {
  private final Map<String, Optional<IndexMask>> truths = new LinkedHashMap<>();

  /** Adds a picture; empty where nobody has drawn its mask. */
  DrawnMasks with(String id, Optional<IndexMask> truth) {
    truths.put(id, truth);
    return this;
  }

  /** Lines of digits, and {@code x} for what is not counted. */
  static IndexMask mask(String... lines) {
    byte[] indices = new byte[lines.length * lines[0].length()];
    int p = 0;
    for (String line : lines) {
      for (char c : line.toCharArray()) {
        indices[p++] = (byte) (c == 'x' ? IndexMask.IGNORE : c - '0');
      }
    }
    return new IndexMask(lines[0].length(), lines.length, indices);
  }

  /** Rectangles of some classes, and of 255, on background. */
  static IndexMask random(Random random, int width, int height) {
    byte[] indices = new byte[width * height];
    for (int i = 0; i < 5; i++) {
      int left = random.nextInt(width);
      int top = random.nextInt(height);
      int right = Math.min(width, left + 1 + random.nextInt(width / 2));
      int bottom = Math.min(height, top + 1 + random.nextInt(height / 2));
      int index = new int[] {1, 2, 3, 0, IndexMask.IGNORE}[random.nextInt(5)];
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          indices[y * width + x] = (byte) index;
        }
      }
    }
    return new IndexMask(width, height, indices);
  }

  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("cat", "dog", "cow"));
  }

  @Override
  public List<String> splits() {
    return List.of("val");
  }

  @Override
  public List<Example> examples(String split) {
    List<Example> examples = new ArrayList<>();
    truths.forEach(
        (id, truth) -> {
          BitSet labels = new BitSet();
          if (truth.isPresent()) {
            for (byte index : truth.get().indices()) {
              if (index > 0) {
                labels.set(index - 1);
              }
            }
          }
          examples.add(new Example(id, labels));
        });
    return examples;
  }

  @Override
  public RgbImage image(Example example) {
    throw new DataException("no picture is needed");
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return truths.getOrDefault(example.id(), Optional.empty());
  }
}
