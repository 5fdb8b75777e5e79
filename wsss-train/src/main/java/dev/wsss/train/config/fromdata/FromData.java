package dev.wsss.train.config.fromdata;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LearnedPictures;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a configuration that hold the word {@value #WORD} after all files and overrides were
 * laid over each other, so that whatever is written over the word wins.
 */
public final class FromData {
  /** What stands in place of a value that is left to the data. */
  public static final String WORD = "from-data";

  private final ConfigTree tree;
  private final List<Rule> asked;

  private FromData(ConfigTree tree, List<Rule> asked) {
    this.tree = tree;
    this.asked = asked;
  }

  /** What a configuration leaves to its data. */
  public static FromData in(ConfigTree tree) {
    return new FromData(
        tree,
        Arrays.stream(Rule.values())
            .filter(rule -> tree.text(rule.key()).equals(Optional.of(WORD)))
            .toList());
  }

  /** Whether it leaves nothing to them. */
  public boolean isEmpty() {
    return asked.isEmpty();
  }

  /** The configuration with some value for each of these keys, to check everything else with. */
  public ConfigTree checkable() {
    ConfigTree filled = tree;
    for (Rule rule : asked) {
      filled = filled.override(rule.key() + "=" + rule.placeholder());
    }
    return filled;
  }

  /**
   * Derives the values.
   *
   * @param data as configured
   * @param learned pictures from which the run learns
   * @param cams how these are scored, where it is not left to the data
   * @param second whether another training goes before
   * @param measured opens the data, unless it knows them
   * @throws dev.wsss.api.data.DataException if the data cannot be used
   */
  public List<DerivedValue> derive(
      Choice<SegmentationDataset> data,
      LearnedPictures learned,
      AugmentationConfig augmentation,
      CamConfig cams,
      boolean second,
      MeasuredData measured) {
    DataFacts facts = measured.of(data, learned);
    List<DerivedValue> values = new ArrayList<>();
    int pictureSide = cams.pictureSide();
    for (Rule rule : asked) {
      // What the rules for sizes after that of the side ask of are pictures that it has left.
      DerivedValue value = derive(rule, facts.scaledDown(pictureSide), augmentation, second);
      if (rule == Rule.PICTURE_SIDE) {
        pictureSide = Integer.parseInt(value.value());
      }
      values.add(value);
    }
    return values;
  }

  private static DerivedValue derive(
      Rule rule, DataFacts facts, AugmentationConfig augmentation, boolean second) {
    DerivedValue first = rule.derive(facts, augmentation);
    return second ? rule.second(first) : first;
  }

  /** The configuration with these values, each with its reason as its origin. */
  public ConfigTree with(List<DerivedValue> values) {
    ConfigTree filled = tree;
    for (DerivedValue value : values) {
      filled = filled.derive(value.key(), value.value(), "from data: " + value.reason());
    }
    return filled;
  }
}
