package org.example.benchmarks;

import dev.wsss.train.bench.StepBench;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Training steps of every kind of backbone with RCM and MAM, at odd batch sizes and odd crops. It
 * measures nothing: it is run under a C library that checks memory, to find native code that writes
 * outside its own.
 *
 * <p>After {@code mvn -B install -DskipTests}, with glibc's library for it:
 *
 * <pre>{@code
 * LD_PRELOAD=libc_malloc_debug.so.0 MALLOC_CHECK_=3 mvn -B -pl examples/benchmarks exec:exec \
 *   -Dbenchmark.main=org.example.benchmarks.Soak -Djmh.options=300
 * }</pre>
 *
 * <p>Its arguments are the steps a backbone, and the names of backbones where not all are meant:
 * {@code "300 tiny resnet18"}; with a {@code =} they are settings of all, such as {@code
 * training.precision=bfloat16}. What is about to run is printed first, so that it is known where
 * the process ended; the last line is "done".
 */
public final class Soak {
  /** Tiny with fewer than 16 channels, where the engine went wrong. */
  private static final List<Network> NETWORKS =
      List.of(
          new Network("tiny", List.of("network.backbone.width=8")),
          new Network("resnet18", List.of()),
          new Network("mobilenet-v2", List.of()),
          new Network("resnet50", List.of()),
          new Network("vgg16", List.of()),
          new Network("vit-small", List.of()),
          new Network("resnet38", List.of()));

  private static final List<Size> SIZES =
      List.of(new Size(3, 33), new Size(5, 47), new Size(7, 41), new Size(9, 35), new Size(3, 65));

  private record Network(String backbone, List<String> overrides) {}

  private record Size(int batch, int crop) {}

  private Soak() {}

  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[0]) / SIZES.size();
    ClassLoader classes = Soak.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    Map<Boolean, List<String>> others =
        List.of(arguments).subList(1, arguments.length).stream()
            .collect(Collectors.partitioningBy(argument -> argument.contains("=")));
    List<String> chosen = others.get(false);
    List<String> known = NETWORKS.stream().map(Network::backbone).toList();
    if (!known.containsAll(chosen)) {
      throw new IllegalArgumentException(chosen + ": allowed are " + known);
    }
    for (Network network : NETWORKS) {
      if (!chosen.isEmpty() && !chosen.contains(network.backbone())) {
        continue;
      }
      for (Size size : SIZES) {
        System.out.printf(
            "%s, %d steps of %d pictures of %d×%d%n",
            network.backbone(), steps, size.batch(), size.crop(), size.crop());
        StepBench.run(
            loader,
            new StepBench.Options(
                network.backbone(),
                List.of("rcm", "mam"),
                size.batch(),
                size.crop(),
                steps,
                Stream.concat(network.overrides().stream(), others.get(true).stream()).toList()));
      }
    }
    System.out.println("done");
  }
}
