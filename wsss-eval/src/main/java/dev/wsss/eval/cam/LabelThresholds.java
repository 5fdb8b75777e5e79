package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * From which probability on a class counts as present in a picture that nobody has labelled.
 *
 * @param byClass a probability for each of K foreground classes
 * @param mode {@value #LEFT_OUT} or {@value #HELD_OUT}, chosen by {@link LabelTally}, or {@value
 *     #EVEN}
 */
public record LabelThresholds(List<Double> byClass, String mode) implements LabelSource {
  /** Of the best F1 on training pictures that were not learned. */
  public static final String LEFT_OUT = "left-out";

  /** Of the best F1 on training pictures whose labels were learned, though not their masks. */
  public static final String HELD_OUT = "held-out";

  /** One half: there was no picture to choose on. */
  public static final String EVEN = "even";

  public LabelThresholds {
    byClass = List.copyOf(byClass);
  }

  /** One half for every class. */
  public static LabelThresholds even(int classes) {
    return new LabelThresholds(Collections.nCopies(classes, 0.5), EVEN);
  }

  /**
   * The picture with the classes whose probability reaches their threshold, whatever it was
   * labelled with.
   */
  @Override
  public Example label(Example example, float[] probabilities) {
    BitSet labels = new BitSet();
    for (int k = 0; k < byClass.size(); k++) {
      labels.set(k, probabilities[k] >= byClass.get(k));
    }
    return new Example(example.id(), labels);
  }
}
