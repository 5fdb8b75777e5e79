package dev.wsss.train.bench;

import dev.wsss.api.data.Example;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.loop.LossTimer;
import dev.wsss.train.loop.StepResult.Seconds;
import dev.wsss.train.provenance.PeakMemory;
import dev.wsss.train.wiring.WiredRun;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Whole training steps: passes of both networks, losses, gradients, and both updates. */
public final class StepBench {

  /** A class that every second picture shows, as people are in VOC. */
  private static final int FREQUENT = 14;

  private StepBench() {}

  /**
   * What to time.
   *
   * @param backbone a module's name
   * @param modules names of self-supervision modules; may be empty
   * @param batch images a step
   * @param crop side of an image in pixels
   * @param steps that count, after two that do not
   * @param overrides of keys of the configuration, as {@code -o} takes them
   */
  public record Options(
      String backbone,
      List<String> modules,
      int batch,
      int crop,
      int steps,
      List<String> overrides) {}

  /**
   * Medians over the steps, in seconds.
   *
   * @param device that it ran on, cpu or cuda:N
   * @param step a whole step
   * @param fastest the fastest step
   * @param parts where its time went
   * @param losses of the modules with their gradients, timed by themselves; a part of both others
   * @param peakMemoryMb most memory that the process ever held, in MiB
   */
  public record Times(
      String device,
      double step,
      double fastest,
      Seconds parts,
      double losses,
      long peakMemoryMb) {}

  /** Runs and times the steps. */
  public static Times run(ConfigLoader loader, Options options) {
    BenchRun.Bench bench =
        BenchRun.wire(
            loader,
            options.backbone(),
            options.modules(),
            options.batch(),
            options.crop(),
            options.overrides());
    WiredRun run = bench.run();
    RunConfig config = bench.config();
    int classes = run.data().classes().count();
    try {
      List<Seconds> steps = new ArrayList<>();
      int all = BenchRun.WARM_UP + options.steps();
      for (int i = 1; i <= all; i++) {
        Seconds seconds =
            run.step().run(batch(config, classes, i), new TrainingClock(1, 1, i, all)).seconds();
        if (i > BenchRun.WARM_UP) {
          steps.add(seconds);
        }
      }
      long peak = PeakMemory.mebibytes();
      List<Double> losses = new ArrayList<>();
      var timer = new LossTimer(run.root(), run.teacher(), run.slots(), run.data().classes());
      for (int i = 1; i <= all && !run.slots().isEmpty(); i++) {
        double seconds = timer.seconds(batch(config, classes, i));
        if (i > BenchRun.WARM_UP) {
          losses.add(seconds);
        }
      }
      return new Times(
          run.device().name(),
          BenchRun.median(steps, Seconds::sum),
          steps.stream().mapToDouble(Seconds::sum).min().orElseThrow(),
          new Seconds(
              BenchRun.median(steps, Seconds::teacher),
              BenchRun.median(steps, Seconds::student),
              BenchRun.median(steps, Seconds::update)),
          losses.isEmpty() ? 0 : BenchRun.median(losses, Double::doubleValue),
          peak);
    } finally {
      run.root().close();
    }
  }

  /** Noise, which costs what pictures cost. */
  private static HostBatch batch(RunConfig config, int classes, int step) {
    Random random = new Random(step);
    int batch = config.training().batch();
    int crop = config.augmentation().crop();
    float[] pixels = new float[batch * 3 * crop * crop];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      BitSet labels = new BitSet();
      labels.set(i % classes);
      if (i % 2 == 0) {
        labels.set(FREQUENT % classes);
      }
      examples.add(new Example("noise " + i, labels));
    }
    return new HostBatch(pixels, crop, examples);
  }
}
