package org.example.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.Kernels;
import dev.wsss.backbones.kernel.Elementwise;
import dev.wsss.backbones.kernel.KernelSet;
import dev.wsss.backbones.kernel.Window;
import java.util.Arrays;
import java.util.Locale;

/**
 * What convolutions with a rectifier behind them take in both kinds of kernels, forward and
 * gradients together, at sizes of ResNets: milliseconds, medians and the fastest of runs in turn
 * after two that do not count. Argument: how many runs.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Djmh.options=9 \
 *   -Dbenchmark.main=org.example.benchmarks.ConvolutionCost
 * }</pre>
 */
public final class ConvolutionCost {
  private static final int WARM_UP = 2;

  private static final Case[] CASES = {
    new Case(2, 2048, 4096, 24, 1, 1),
    new Case(1, 2048, 4096, 48, 1, 1),
    new Case(2, 1024, 2048, 24, 1, 1),
    new Case(4, 2048, 512, 24, 1, 1),
    new Case(4, 1024, 256, 24, 1, 1),
    new Case(4, 512, 2048, 24, 1, 1),
    new Case(2, 128, 128, 96, 3, 1),
    new Case(2, 256, 256, 48, 3, 1),
    new Case(4, 256, 256, 24, 3, 2),
    new Case(2, 512, 512, 24, 3, 1),
    new Case(4, 512, 512, 24, 3, 4),
    new Case(2, 512, 1024, 24, 3, 2),
    new Case(1, 1024, 2048, 48, 3, 4),
  };

  private record Case(int batch, int channels, int filters, int side, int kernel, int dilation) {}

  private ConvolutionCost() {}

  public static void main(String[] arguments) {
    int runs = Integer.parseInt(arguments[0]);
    System.out.println("batch, channels, filters, side, kernel, dilation: plain, tuned, in ms");
    for (Case sizes : CASES) {
      double[] plain = new double[runs];
      double[] tuned = new double[runs];
      for (int run = -WARM_UP; run < runs; run++) {
        plain[Math.max(0, run)] = milliseconds(sizes, KernelSet.of(Kernels.PLAIN));
        tuned[Math.max(0, run)] = milliseconds(sizes, KernelSet.of(Kernels.TUNED));
      }
      Arrays.sort(plain);
      Arrays.sort(tuned);
      System.out.printf(
          Locale.ROOT,
          "%d, %d, %d, %d, %d, %d: %.1f (%.1f), %.1f (%.1f), ratio %.2f%n",
          sizes.batch,
          sizes.channels,
          sizes.filters,
          sizes.side,
          sizes.kernel,
          sizes.dilation,
          plain[runs / 2],
          plain[0],
          tuned[runs / 2],
          tuned[0],
          tuned[runs / 2] / plain[runs / 2]);
    }
  }

  private static double milliseconds(Case sizes, KernelSet kernels) {
    KernelSet order = KernelSet.of(Kernels.TUNED); // channels last for both
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x =
          order.inPreferredOrder(
              noise(manager, sizes.batch, sizes.channels, sizes.side, sizes.side));
      NDArray factors =
          order.inPreferredOrder(
              noise(manager, sizes.batch, sizes.filters, sizes.side, sizes.side));
      NDArray weight = noise(manager, sizes.filters, sizes.channels, sizes.kernel, sizes.kernel);
      NDArray bias = noise(manager, sizes.filters);
      x.setRequiresGradient(true);
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      Window window = new Window(sizes.kernel, 1, sizes.dilation, 1);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        long start = System.nanoTime();
        NDArray y = kernels.convolve(window, x, weight, bias, true);
        NDArray loss = kernels.activate(Elementwise.RELU, y).mul(factors).sum();
        collector.backward(loss);
        return (System.nanoTime() - start) * 1e-6;
      }
    }
  }

  private static NDArray noise(NDManager manager, long... shape) {
    return manager.randomNormal(new Shape(shape));
  }
}
