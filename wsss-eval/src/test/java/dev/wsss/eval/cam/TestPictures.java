package dev.wsss.eval.cam;

import dev.wsss.api.data.BadImageException;
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

/** A data set of random pictures in memory; those without pixels are broken files. */
final class TestPictures implements SegmentationDataset {
  private final Map<String, Optional<LabelledPicture>> pictures = new LinkedHashMap<>();
  private final List<Example> examples = new ArrayList<>();

  static Example example(String id, int... labels) {
    BitSet bits = new BitSet();
    for (int k : labels) {
      bits.set(k);
    }
    return new Example(id, bits);
  }

  static LabelledPicture random(long seed, int width, int height, int... labels) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    byte[] mask = new byte[width * height];
    Random classes = new Random(seed + 1);
    for (int p = 0; p < mask.length; p++) {
      int pick = classes.nextInt(labels.length + 1);
      mask[p] = (byte) (pick == 0 ? 0 : labels[pick - 1] + 1);
    }
    return new LabelledPicture(
        example("picture-" + seed, labels),
        new RgbImage(width, height, rgb),
        Optional.of(new IndexMask(width, height, mask)));
  }

  TestPictures with(LabelledPicture picture) {
    examples.add(picture.example());
    pictures.put(picture.example().id(), Optional.of(picture));
    return this;
  }

  TestPictures withBroken(String id) {
    examples.add(example(id, 0));
    pictures.put(id, Optional.empty());
    return this;
  }

  List<Example> examples() {
    return List.copyOf(examples);
  }

  @Override
  public ClassNames classes() {
    return new ClassNames(List.of("red", "green", "blue"));
  }

  @Override
  public List<String> splits() {
    return List.of("val");
  }

  @Override
  public List<Example> examples(String split) {
    if (!split.equals("val")) {
      throw new DataException("no split " + split);
    }
    return examples();
  }

  @Override
  public RgbImage image(Example example) throws BadImageException {
    return picture(example).image();
  }

  @Override
  public Optional<IndexMask> mask(Example example) throws BadImageException {
    return picture(example).truth();
  }

  private LabelledPicture picture(Example example) throws BadImageException {
    return pictures
        .get(example.id())
        .orElseThrow(() -> new BadImageException(example.id() + ".jpg: ends early"));
  }
}
