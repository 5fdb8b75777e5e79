package org.example.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.FusedUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** SGD with momentum on parameters of ResNet-18's shapes, and the moving average of as many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
public class UpdateBenchmark {
  private static final int[] STAGES = {64, 128, 256, 512};

  private NDManager manager;
  private final NDList student = new NDList();
  private final NDList gradients = new NDList();
  private final NDList velocities = new NDList();
  private final NDList teacher = new NDList();

  @Setup
  public void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
    List<Shape> shapes = new ArrayList<>(List.of(new Shape(64, 3, 7, 7), new Shape(64)));
    int channels = 64;
    for (int filters : STAGES) {
      for (int conv = 0; conv < 4; conv++) {
        shapes.add(new Shape(filters, channels, 3, 3));
        shapes.add(new Shape(filters));
        shapes.add(new Shape(filters));
        channels = filters;
      }
    }
    for (Shape shape : shapes) {
      student.add(manager.randomNormal(shape));
      gradients.add(manager.randomNormal(shape));
      velocities.add(manager.zeros(shape));
      teacher.add(manager.randomNormal(shape));
    }
  }

  @Benchmark
  public void optimiserAndMovingAverage() {
    FusedUpdates.sgd(student, gradients, velocities, 1e-6, 0.9, 5e-4);
    FusedUpdates.zero(gradients);
    FusedUpdates.movingAverage(teacher, student, 0.997);
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
