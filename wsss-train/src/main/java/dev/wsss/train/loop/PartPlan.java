package dev.wsss.train.loop;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Cuts a step into parts, each some images at some scales: the graph of one is released before the
 * next runs, so memory follows the largest part and not the sum.
 *
 * <p>Scale 1 comes first, with the classification loss. Scales that one module couples share a part
 * with it; every other scale is a part of its own.
 *
 * @param microBatch images of a part; 0 leaves it to their size
 */
record PartPlan(CamNetwork student, int microBatch) {
  private static final double ONE = 1.0;

  /** Images at scales that are in one graph. */
  record Part(List<Double> scales, BatchPart images) {

    /** Whether the logits of image-level classes are here. */
    boolean classifies() {
      return scales.contains(ONE);
    }

    /** The views that one module gets: all its scales at once where coupled, else each. */
    List<List<Double>> seenBy(Needs needs) {
      List<Double> own = needs.studentScales().stream().filter(scales::contains).toList();
      if (needs.coupling() == Needs.Coupling.JOINT) {
        return own.isEmpty() ? List.of() : List.of(own);
      }
      return own.stream().map(List::of).toList();
    }
  }

  /** All parts of a step, in order: scales, and images within them. */
  List<Part> parts(List<Slot> active, Batch batch, ScaledImages images) {
    List<Part> parts = new ArrayList<>();
    for (List<Double> scales : scales(active)) {
      scales.forEach(images::at); // resized here, where no part's scope closes them
      int size = imagesAtOnce(scales, batch, images);
      for (int from = 0; from < batch.size(); from += size) {
        int to = Math.min(batch.size(), from + size);
        parts.add(new Part(scales, new BatchPart(batch, from, to)));
      }
    }
    return parts;
  }

  private static List<List<Double>> scales(List<Slot> active) {
    TreeSet<Double> together = new TreeSet<>(List.of(ONE));
    TreeSet<Double> single = new TreeSet<>();
    for (Slot slot : active) {
      Needs needs = slot.module().needs();
      (needs.coupling() == Needs.Coupling.JOINT ? together : single).addAll(needs.studentScales());
    }
    List<List<Double>> scales = new ArrayList<>();
    scales.add(List.copyOf(together));
    single.removeAll(together);
    single.forEach(scale -> scales.add(List.of(scale)));
    return scales;
  }

  private int imagesAtOnce(List<Double> scales, Batch batch, ScaledImages images) {
    if (microBatch > 0) {
      return microBatch;
    }
    return student.imagesAreIndependent()
        ? ImagesAtOnce.of(scales.stream().mapToLong(images::pixels).sum(), student.strideInPixels())
        : batch.size();
  }
}
