package org.example.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.mam.MamConfig;
import dev.wsss.mam.MultiScaleAttention;
import dev.wsss.rcm.RcmConfig;
import dev.wsss.rcm.RegionalContrast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * RCM and MAM from the outputs of both networks to the gradients at the student's: 20 classes, 256
 * channels, scales 0.5, 1 and 2, one or two labels a picture.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class LossBenchmark {
  private static final int CLASSES = 20;
  private static final int CHANNELS = 256;
  private static final List<Double> SCALES = List.of(0.5, 1.0, 2.0);

  @Param({"rcm", "mam"})
  public String module;

  @Param({"8"})
  public int batch;

  @Param({"192"})
  public int crop;

  /** Pixels a grid cell: 16 for mobilenet-v2, 8 for resnet18. */
  @Param({"16", "8"})
  public int stride;

  private NDManager manager;
  private Batch pictures;
  private Map<Double, CamOutput> student;
  private Map<Double, CamOutput> teacher;

  @Setup
  public void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
    int[][] labels = new int[batch][];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % 2 == 0 ? new int[] {i % CLASSES, 14} : new int[] {i % CLASSES};
    }
    pictures = FakeBatch.of(manager, labels, CLASSES, crop, crop);
    student = outputs();
    teacher = outputs();
  }

  private Map<Double, CamOutput> outputs() {
    Map<Double, CamOutput> outputs = new HashMap<>();
    for (double scale : SCALES) {
      long grid = Math.round(crop * scale / stride);
      NDArray features = manager.randomNormal(new Shape(batch, CHANNELS, grid, grid)).abs();
      outputs.put(
          scale,
          new CamOutput(features, manager.randomNormal(new Shape(batch, CLASSES, grid, grid))));
    }
    return outputs;
  }

  @Benchmark
  public float lossAndGradient() {
    return module.equals("rcm")
        ? step(
            new RegionalContrast(
                new RcmConfig(
                    0.3,
                    RcmConfig.ThresholdRule.FIXED,
                    0.75,
                    List.of(0.0, 0.0),
                    2,
                    RcmConfig.PrototypePooling.BATCH,
                    1,
                    RcmConfig.EmptyMaps.BACKGROUND,
                    SCALES,
                    0),
                pictures.classes(),
                new TrainingShape(batch, crop)))
        : step(
            new MultiScaleAttention(
                new MamConfig(
                    SCALES,
                    SCALES,
                    MamConfig.Attention.TWO_MINUS_COSINE,
                    1,
                    MamConfig.Normalise.NONE,
                    MamConfig.Distance.L1,
                    1,
                    1)));
  }

  private <S> float step(SelfSupervision<S> supervision) {
    try (NDManager step = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<Double, CamOutput> views = new HashMap<>();
      student.forEach(
          (scale, output) ->
              views.put(
                  scale, new CamOutput(leaf(output.features(), step), leaf(output.maps(), step))));
      FakeStep context = new FakeStep(step, 1);
      S target = supervision.derive(new FakeTeacher(teacher), pictures, context);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = supervision.loss(FakeStudent.whole(pictures, views), target, context);
        collector.backward(loss);
        return loss.getFloat();
      }
    }
  }

  private static NDArray leaf(NDArray array, NDManager owner) {
    NDArray leaf = array.duplicate();
    leaf.attach(owner);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
