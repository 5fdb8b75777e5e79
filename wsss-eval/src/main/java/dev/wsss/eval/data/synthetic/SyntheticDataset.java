package dev.wsss.eval.data.synthetic;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.data.Splits;
import dev.wsss.eval.data.Stopping;
import dev.wsss.eval.random.Seed;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drawn pictures that pose the problem of weak supervision: what tells a class is a small part, but
 * the object is much larger, and its body resembles other classes' bodies.
 *
 * <p>The activation maps of a plain classifier find the part; a good method recovers the body.
 * Bodies of a family differ a little on average, and some objects show no part, so that a network
 * can learn to tell bodies too. Backgrounds are textured and independent of the classes; objects
 * hide each other and are hidden by grey things of no class. Masks are exact: part and body.
 *
 * <p>Pictures are painted when asked for (under a millisecond at the default size) from the seed,
 * the split and their number alone; nothing is read or downloaded.
 */
public final class SyntheticDataset implements SegmentationDataset {
  private final SceneSampler sampler;
  private final ClassNames classes;
  private final Map<String, Seed> seeds = new LinkedHashMap<>();
  private final Splits splits;

  @Inject
  public SyntheticDataset(SyntheticConfig config) {
    sampler = new SceneSampler(config);
    classes = new ClassNames(sampler.classNames());
    Seed seed = new Seed(config.seed()).with("synthetic");
    Map<String, List<Example>> bySplit = new LinkedHashMap<>();
    bySplit.put("train", examples("train", config.train(), seed));
    bySplit.put("val", examples("val", config.val(), seed));
    splits = new Splits(bySplit);
  }

  private List<Example> examples(String split, int count, Seed seed) {
    List<Example> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Stopping.check();
      String id = "%s-%05d".formatted(split, i);
      seeds.put(id, seed.with(split).with(i));
      examples.add(new Example(id, labels(scene(id))));
    }
    return examples;
  }

  private static BitSet labels(Scene scene) {
    BitSet labels = new BitSet();
    for (Layer layer : scene.layers()) {
      if (layer.maskIndex() > 0) {
        labels.set(layer.maskIndex() - 1);
      }
    }
    return labels;
  }

  @Override
  public ClassNames classes() {
    return classes;
  }

  @Override
  public List<String> splits() {
    return splits.names();
  }

  @Override
  public List<Example> examples(String split) {
    return splits.examples(split);
  }

  @Override
  public RgbImage image(Example example) {
    return scene(example.id()).image();
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return Optional.of(scene(example.id()).mask());
  }

  private Scene scene(String id) {
    Seed seed = seeds.get(id);
    if (seed == null) {
      throw new IllegalArgumentException("no picture '" + id + "' in this data set");
    }
    return sampler.draw(seed.generator());
  }
}
