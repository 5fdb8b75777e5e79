package dev.wsss.train.wiring;

import ai.djl.ndarray.NDManager;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.training.Stateful;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.listener.Listeners;
import dev.wsss.train.loop.Slot;
import dev.wsss.train.loop.TrainingStep;
import dev.wsss.train.threads.IdleThreads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one run, all constructed. Close {@code root} to free all native memory.
 *
 * @param root on {@code device}, as is everything below it
 */
public record WiredRun(
    ChosenDevice device,
    NDManager root,
    SegmentationDataset data,
    CamNetwork student,
    CamNetwork teacher,
    List<Slot> slots,
    Optimiser optimiser,
    TrainingStep step,
    Map<String, Metric<?>> metrics,
    Listeners listeners) {

  /**
   * Wires a run. The data set comes first: it is checked before any network is made. Unless the
   * user has decided otherwise, the tensor library sends no telemetry and looks for nothing on the
   * network; the system properties {@code OPT_OUT_TRACKING} and {@code ai.djl.offline} are set for
   * that.
   *
   * @throws RuntimeException what a module's constructor threw, unwrapped from the injector's
   *     report
   */
  public static WiredRun of(RunConfig config) {
    return of(config, InitialWeights.PRETRAINED);
  }

  /** Wires a run, whose networks may get their values from a checkpoint afterwards. */
  public static WiredRun of(RunConfig config, InitialWeights weights) {
    return Construction.from(
        new RunModule(config, weights),
        injector -> {
          SegmentationDataset data = injector.getInstance(SegmentationDataset.class);
          NDManager root = injector.getInstance(NDManager.class);
          root.attachInternal("idle-threads", IdleThreads.watch());
          try {
            return wire(injector, root, data);
          } catch (RuntimeException e) {
            root.close();
            throw e;
          }
        });
  }

  /** The data set of a run alone; throws as {@link #of} does. */
  public static SegmentationDataset dataOf(RunConfig config) {
    return Construction.from(
        new RunModule(config, InitialWeights.RANDOM),
        injector -> injector.getInstance(SegmentationDataset.class));
  }

  private static WiredRun wire(Injector injector, NDManager root, SegmentationDataset data) {
    CamNetwork student = injector.getInstance(Key.get(CamNetwork.class, Student.class));
    CamNetwork teacher = injector.getInstance(Key.get(CamNetwork.class, Teacher.class));
    teacher.copyFrom(student);
    teacher.freeze();
    return new WiredRun(
        injector.getInstance(ChosenDevice.class),
        root,
        data,
        student,
        teacher,
        injector.getInstance(Key.get(new TypeLiteral<List<Slot>>() {})),
        injector.getInstance(Optimiser.class),
        injector.getInstance(TrainingStep.class),
        injector.getInstance(Key.get(new TypeLiteral<Map<String, Metric<?>>>() {})),
        new Listeners(
            injector.getInstance(Key.get(new TypeLiteral<Map<String, RunListener>>() {}))));
  }

  /** Every module whose state checkpoints keep, by its dotted key in the configuration. */
  public Map<String, Stateful> stateful() {
    Map<String, Stateful> stateful = new LinkedHashMap<>();
    for (Slot slot : slots) {
      if (slot.module() instanceof Stateful module) {
        stateful.put("self-supervision." + slot.name(), module);
      }
    }
    listeners
        .byName()
        .forEach(
            (name, listener) -> {
              if (listener instanceof Stateful module) {
                stateful.put("listeners." + name, module);
              }
            });
    return stateful;
  }
}
