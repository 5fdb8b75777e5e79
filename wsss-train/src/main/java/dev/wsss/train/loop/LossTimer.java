package dev.wsss.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.teacher.Clock;
import dev.wsss.eval.augment.HostBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Times the losses of slots and their gradients by themselves, on outputs made beforehand. */
public final class LossTimer {
  private static final Clock CLOCK = new Clock(1, 1, 1, 1);

  private final NDManager root;
  private final CamNetwork network;
  private final List<Slot> slots;
  private final ClassNames classes;

  /**
   * @param network whose outputs stand for the student's and the teacher's
   */
  public LossTimer(NDManager root, CamNetwork network, List<Slot> slots, ClassNames classes) {
    this.root = root;
    this.network = network;
    this.slots = List.copyOf(slots);
    this.classes = classes;
  }

  /** Seconds from the outputs of both networks to the gradients at the student's. */
  public double seconds(HostBatch host) {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Shape shape = new Shape(host.examples().size(), 3, host.side(), host.side());
      NDArray images = manager.create(host.images(), shape);
      Batch batch = Batch.of(images, host.examples(), classes);
      Outputs teacher = outputs(batch);
      Outputs student = outputs(batch);
      student.outputs.values().forEach(Outputs::takeGradients);
      Map<String, Double> log = new HashMap<>();
      long start = System.nanoTime();
      var frame = new SlotStep.StepFrame(CLOCK, manager, log, 1);
      for (Slot slot : slots) {
        SlotStep<?> step = SlotStep.derive(slot, teacher, batch, frame);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(step.loss(new Whole(batch, slot, student)));
        }
      }
      return (System.nanoTime() - start) * 1e-9;
    }
  }

  private Outputs outputs(Batch batch) {
    ScaledImages images = new ScaledImages(batch.images());
    Map<Double, CamOutput> outputs = new HashMap<>();
    for (Slot slot : slots) {
      slot.module().needs().studentScales().forEach(s -> add(outputs, images, s));
      slot.module().needs().teacherScales().forEach(s -> add(outputs, images, s));
    }
    return new Outputs(outputs);
  }

  private void add(Map<Double, CamOutput> outputs, ScaledImages images, double scale) {
    outputs.computeIfAbsent(
        scale,
        s -> {
          CamOutput output = network.evaluate(images.at(s));
          return new CamOutput(output.features().duplicate(), output.maps().duplicate());
        });
  }

  private record Outputs(Map<Double, CamOutput> outputs) implements TeacherView {
    static void takeGradients(CamOutput output) {
      output.features().setRequiresGradient(true);
      output.maps().setRequiresGradient(true);
    }

    @Override
    public NDArray features(double scale) {
      return at(scale).features();
    }

    @Override
    public NDArray maps(double scale) {
      return at(scale).maps();
    }

    private CamOutput at(double scale) {
      CamOutput output = outputs.get(scale);
      if (output == null) {
        throw new IllegalArgumentException("scale " + scale + " was not declared in needs()");
      }
      return output;
    }
  }

  /** All images and scales at once. */
  private record Whole(Batch batch, Slot slot, Outputs outputs) implements StudentView {
    @Override
    public int from() {
      return 0;
    }

    @Override
    public int to() {
      return batch.size();
    }

    @Override
    public List<Double> scales() {
      return slot.module().needs().studentScales();
    }

    @Override
    public NDArray features(double scale) {
      return outputs.features(scale);
    }

    @Override
    public NDArray maps(double scale) {
      return outputs.maps(scale);
    }
  }
}
