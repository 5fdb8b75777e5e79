package dev.wsss.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.tensor.Precision;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Times the losses of slots and their gradients by themselves, on outputs made beforehand. */
public final class LossTimer {
  private static final TrainingClock CLOCK = new TrainingClock(1, 1, 1, 1);

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
      Batch batch = TrainingStep.upload(host, manager, classes);
      Set<Double> scales = scales();
      TeacherPasses teacher =
          new TeacherPasses(network, new ScaledImages(batch.images()), scales, Precision.FLOAT32);
      Map<Double, CamOutput> student = new HashMap<>();
      for (double scale : scales) {
        student.put(scale, new CamOutput(leaf(teacher.features(scale)), leaf(teacher.maps(scale))));
      }
      StepErrors errors = new StepErrors(CLOCK, batch.examples(), network.parameters());
      LossLedger losses = new LossLedger(0, slots, errors);
      long start = System.nanoTime();
      for (Slot slot : slots) {
        var random = SlotRandom.of(1, slot.name(), CLOCK.step());
        var context = new SlotContext(slot.name(), CLOCK, random, manager, losses);
        SlotStep<?> step = SlotStep.derive(slot, teacher, batch, context, errors);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(step.loss(new Whole(batch.whole(), slot, student)));
        }
      }
      return (System.nanoTime() - start) * 1e-9;
    }
  }

  private Set<Double> scales() {
    Set<Double> scales = new TreeSet<>();
    for (Slot slot : slots) {
      scales.addAll(slot.module().needs().studentScales());
      scales.addAll(slot.module().needs().teacherScales());
    }
    return scales;
  }

  private static NDArray leaf(NDArray output) {
    NDArray leaf = output.duplicate();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** All images and scales at once. */
  private record Whole(BatchPart part, Slot slot, Map<Double, CamOutput> outputs)
      implements StudentView {
    @Override
    public List<Double> scales() {
      return slot.module().needs().studentScales();
    }

    @Override
    public NDArray features(double scale) {
      return Objects.requireNonNull(outputs.get(scale)).features();
    }

    @Override
    public NDArray maps(double scale) {
      return Objects.requireNonNull(outputs.get(scale)).maps();
    }
  }
}
