package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.StudentView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the student for some images at some scales, in graph; modules see it through views. */
final class StudentPart {
  private final CamNetwork student;
  private final ScaledImages images;
  private final Batch batch;
  private final int from;
  private final int to;
  private final Map<Double, CamOutput> passes = new HashMap<>();

  StudentPart(CamNetwork student, ScaledImages images, Batch batch, int from, int to) {
    this.student = student;
    this.images = images;
    this.batch = batch;
    this.from = from;
    this.to = to;
  }

  CamOutput pass(double scale) {
    return passes.computeIfAbsent(
        scale,
        s -> {
          NDArray all = images.at(s);
          NDArray some = to - from == batch.size() ? all : all.get(new NDIndex("{}:{}", from, to));
          return student.learn(some);
        });
  }

  /** What one module may see of this part. */
  StudentView view(List<Double> scales) {
    return new View(this, List.copyOf(scales));
  }

  private record View(StudentPart part, List<Double> scales) implements StudentView {

    @Override
    public Batch batch() {
      return part.batch;
    }

    @Override
    public int from() {
      return part.from;
    }

    @Override
    public int to() {
      return part.to;
    }

    @Override
    public NDArray features(double scale) {
      return part.pass(checked(scale)).features();
    }

    @Override
    public NDArray maps(double scale) {
      return part.pass(checked(scale)).maps();
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
