package org.example.benchmarks;

import dev.wsss.train.bench.StepBench;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;

/**
 * Training steps of every backbone with RCM and MAM, at odd batch sizes and odd crops. It measures
 * nothing: it is run under a C library that checks memory, to find native code that writes outside
 * its own.
 *
 * <p>Its argument is the steps a backbone. What is about to run is printed first, so that it is
 * known where the process ended.
 */
public final class Soak {
  private static final List<String> BACKBONES = List.of("tiny", "resnet18", "mobilenet-v2");

  /** Batch and crop. */
  private static final int[][] SIZES = {{3, 33}, {5, 47}, {7, 41}, {9, 35}, {1, 65}};

  private Soak() {}

  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[0]) / SIZES.length;
    ClassLoader classes = Soak.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    for (String backbone : BACKBONES) {
      for (int[] size : SIZES) {
        System.out.printf("%s, %d steps of %d×%d²%n", backbone, steps, size[0], size[1]);
        StepBench.run(
            loader,
            new StepBench.Options(
                backbone,
                List.of("rcm", "mam"),
                size[0],
                size[1],
                steps,
                List.of("optimiser.rate=0.001")));
      }
    }
    System.out.println("done");
  }
}
