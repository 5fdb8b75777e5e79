package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.tensor.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the student for some images at each scale at most once, in graph; modules see it through
 * views.
 */
final class StudentPasses {
  private final CamNetwork student;
  private final ScaledImages images;
  private final BatchPart part;
  private final Precision precision;
  private final Map<Double, CamOutput> passes = new HashMap<>();

  StudentPasses(CamNetwork student, ScaledImages images, BatchPart part, Precision precision) {
    this.student = student;
    this.images = images;
    this.part = part;
    this.precision = precision;
  }

  CamOutput at(double scale) {
    return passes.computeIfAbsent(scale, s -> learn(part.of(images.at(s))));
  }

  private CamOutput learn(NDArray some) {
    return precision.during(some.getDevice(), () -> student.learn(some));
  }

  /** What one module may see of this part. */
  StudentView view(List<Double> scales) {
    return new View(this, List.copyOf(scales));
  }

  private record View(StudentPasses passes, List<Double> scales) implements StudentView {

    @Override
    public BatchPart part() {
      return passes.part;
    }

    @Override
    public NDArray features(double scale) {
      return passes.at(checked(scale)).features();
    }

    @Override
    public NDArray maps(double scale) {
      return passes.at(checked(scale)).maps();
    }

    private double checked(double scale) {
      if (!scales.contains(scale)) {
        throw new IllegalArgumentException(
            "student scale " + scale + " is not of this part, which has " + scales);
      }
      return scale;
    }
  }
}
