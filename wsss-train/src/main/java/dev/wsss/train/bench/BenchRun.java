package dev.wsss.train.bench;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.Backbone;
import dev.wsss.train.checkpoint.ArrayFile;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A run to be timed, on {@value #CLASSES} classes unless overridden, and with batch norm, where the
 * backbone has any, of fixed statistics, as with real weights. The rate is tiny and the loss may be
 * huge, which changes no time: deep networks of random weights give large numbers.
 */
final class BenchRun {
  /** K, as in VOC. */
  static final int CLASSES = 20;

  /** First runs that do not count: the engine chooses its kernels in them. */
  static final int WARM_UP = 2;

  private static final String BACKBONE = "backbone.";

  /** A run and how it was configured. */
  record Bench(RunConfig config, WiredRun run) {}

  private BenchRun() {}

  /**
   * Wires a run with random weights.
   *
   * @param backbone a module's name
   * @param modules names of self-supervision modules with their defaults; may be empty
   * @param overrides of single keys, as {@code -o} takes them
   * @throws dev.wsss.api.config.ConfigException if a name or a value is wrong
   */
  static Bench wire(
      ConfigLoader loader,
      String backbone,
      List<String> modules,
      int batch,
      int crop,
      List<String> overrides) {
    String slots = modules.stream().map(m -> m + ": {}").collect(Collectors.joining(", "));
    ConfigTree tree =
        ConfigTree.parse(
            """
            data: {type: synthetic, classes: %d, train: %d, val: 1}
            network: {backbone: {type: %s}, head: {type: projected}}
            augmentation: {crop: %d}
            self-supervision: {%s}
            training: {batch: %d, divergence-loss: 1e30}
            optimiser: {rate: 1e-9}
            """
                .formatted(CLASSES, batch, backbone, crop, slots, batch),
            "the benchmark");
    if (has(loader, backbone, "frozenStages")) {
      tree = tree.override("network.backbone.frozen-stages=0"); // there are no weights to keep
    }
    for (String assignment : overrides) {
      tree = tree.override(assignment);
    }
    boolean normalised = has(loader, backbone, "batchNorm");
    ConfigTree learning = normalised ? tree.override("network.backbone.batch-norm=trained") : tree;
    RunConfig config = loader.bind(learning, RunConfig.class);
    if (!normalised || !has(loader, backbone, "weights")) {
      return new Bench(config, WiredRun.of(config));
    }
    try {
      Path weights = Files.createTempFile("wsss-bench", ".safetensors");
      try {
        writeRandom(config, weights);
        ConfigTree fixed =
            tree.override("network.backbone.batch-norm=fixed-statistics")
                .override("network.backbone.weights=" + weights);
        RunConfig pretrained = loader.bind(fixed, RunConfig.class);
        return new Bench(pretrained, WiredRun.of(pretrained));
      } finally {
        Files.delete(weights);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write random weights: " + e.getMessage(), e);
    }
  }

  /** Whether a backbone has a key; a backbone that is unknown has none, and is told when bound. */
  private static boolean has(ConfigLoader loader, String backbone, String component) {
    return loader.catalog().find(Backbone.class, backbone).stream()
        .flatMap(module -> Arrays.stream(module.config().getRecordComponents()))
        .anyMatch(key -> key.getName().equals(component));
  }

  /** Closes what it wires before the timed run is made: both would count in the peak memory. */
  private static void writeRandom(RunConfig config, Path file) throws IOException {
    WiredRun run = WiredRun.of(config);
    try {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      run.student()
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (name.startsWith(BACKBONE)) {
                  arrays.put(name.substring(BACKBONE.length()), parameter.getArray());
                }
              });
      ArrayFile.write(run.root(), file, arrays);
    } finally {
      run.root().close();
    }
  }

  static <T> double median(List<T> values, ToDoubleFunction<T> of) {
    double[] sorted = values.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
