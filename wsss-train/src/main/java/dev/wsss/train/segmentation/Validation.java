package dev.wsss.train.segmentation;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.eval.metric.Confusion;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.segmentation.NetworkModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Compares a network that still learns with exact masks of some pictures: one look at each, without
 * labels and refinement. It chooses nothing.
 *
 * @param root on the network's device
 * @param pictures whose masks are compared; those that cannot be read, or have no mask, are left
 *     out
 * @param info how a picture is looked at
 */
record Validation(
    NDManager root, SegmentationDataset data, List<Example> pictures, ModelInfo info) {
  static final String MIOU = "validation/miou";

  /** Mean IoU over background and the classes that occur, 0…1; empty where nothing is compared. */
  Map<String, Double> of(SegmentationNetwork network) {
    Confusion confusion = new Confusion(data.classes().count());
    boolean any = false;
    try (Predictor predictor = new Predictor(new NetworkModel(network, root), info)) {
      for (Example example : pictures) {
        any |= compare(example, predictor, confusion);
      }
    }
    return any ? Map.of(MIOU, confusion.miou()) : Map.of();
  }

  private boolean compare(Example example, Predictor predictor, Confusion confusion) {
    try {
      Optional<IndexMask> truth = data.mask(example);
      if (truth.isPresent()) {
        confusion.add(
            example.id(), truth.get(), predictor.predict(example.id(), data.image(example)).mask());
      }
      return truth.isPresent();
    } catch (BadImageException e) {
      return false; // said where the picture is labelled
    }
  }

  /** Some of the pictures that have a mask, always the same. */
  static List<Example> some(SegmentationDataset data, List<Example> pictures, int most) {
    List<Example> shuffled = new ArrayList<>(pictures);
    Collections.shuffle(shuffled, new Random(1)); // names in order are often classes in order
    return shuffled.stream().filter(example -> hasMask(data, example)).limit(most).toList();
  }

  private static boolean hasMask(SegmentationDataset data, Example example) {
    try {
      return data.mask(example).isPresent();
    } catch (BadImageException e) {
      return false;
    }
  }
}
