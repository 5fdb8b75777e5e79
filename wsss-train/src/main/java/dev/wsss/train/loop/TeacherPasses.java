package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Precision;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the teacher at each scale at most once a step; the teacher is frozen, so no graph arises.
 */
final class TeacherPasses implements TeacherView {
  private final CamNetwork teacher;
  private final ScaledImages images;
  private final Set<Double> allowed;
  private final Precision precision;
  private final Map<Double, CamOutput> passes = new HashMap<>();

  TeacherPasses(CamNetwork teacher, ScaledImages images, Set<Double> allowed, Precision precision) {
    this.teacher = teacher;
    this.images = images;
    this.allowed = new TreeSet<>(allowed);
    this.precision = precision;
  }

  @Override
  public NDArray features(double scale) {
    return pass(scale).features();
  }

  @Override
  public NDArray maps(double scale) {
    return pass(scale).maps();
  }

  private CamOutput pass(double scale) {
    if (!allowed.contains(scale)) {
      throw new IllegalArgumentException(
          "teacher scale " + scale + " was not declared in needs(), which has " + allowed);
    }
    return passes.computeIfAbsent(scale, this::evaluate);
  }

  private CamOutput evaluate(double scale) {
    NDArray all = images.at(scale);
    long batch = all.getShape().get(0);
    int some = ImagesAtOnce.of(images.pixels(scale), teacher.strideInPixels());
    if (batch <= some) {
      return evaluate(all);
    }
    try (NDList features = new NDList();
        NDList maps = new NDList()) {
      for (long from = 0; from < batch; from += some) {
        try (NDArray part =
            all.get(new NDIndex().addSliceDim(from, Math.min(batch, from + some)))) {
          CamOutput output = evaluate(part);
          features.add(output.features());
          maps.add(output.maps());
        }
      }
      return new CamOutput(NDArrays.concat(features), NDArrays.concat(maps));
    }
  }

  private CamOutput evaluate(NDArray some) {
    return precision.during(some.getDevice(), () -> teacher.evaluate(some));
  }
}
