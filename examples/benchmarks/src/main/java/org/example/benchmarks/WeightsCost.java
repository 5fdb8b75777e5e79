package org.example.benchmarks;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.backbones.InputNormalisation;
import dev.wsss.backbones.ResNet101;
import dev.wsss.backbones.ResNetConfig;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.train.provenance.PeakMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a file of weights of ResNet-101 five times, beside reading the file's bytes alone, which
 * the system has in memory by then: seconds of each, and by how much the process grew at most.
 * Argument: the file, such as torchvision's {@code resnet101.pth}.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.WeightsCost \
 *   -Djmh.options=resnet101.pth
 * }</pre>
 */
public final class WeightsCost {
  private static final int TURNS = 5;
  private static final int CHUNK_BYTES = 1 << 20;

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    ResNet101 network =
        new ResNet101(
            new ResNetConfig(
                Optional.of(file),
                BatchNormMode.FIXED_STATISTICS,
                InputNormalisation.IMAGENET,
                8,
                0),
            Kernels.TUNED);
    try (NDManager manager = NDManager.newBaseManager()) {
      network.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
      Map<String, Parameter> parameters = ParameterNames.of(network.block());
      for (int turn = 1; turn <= TURNS; turn++) {
        double read = secondsToRead(file);
        long before = resetPeak();
        long start = System.nanoTime();
        network.pretrain(parameters);
        double load = (System.nanoTime() - start) * 1e-9;
        System.out.printf(
            "%d MB: read in %.3f s, loaded in %.3f s, at most %d MiB more than before%n",
            Files.size(file) / 1_000_000, read, load, PeakMemory.mebibytes() - before);
      }
    }
  }

  private static double secondsToRead(Path file) throws IOException {
    long start = System.nanoTime();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      while (in.read(chunk.clear()) >= 0) {
        // what was read is not looked at
      }
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  /** What the process holds now, in MiB; Linux counts its peak from here on. */
  private static long resetPeak() throws IOException {
    System.gc();
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    return PeakMemory.mebibytes();
  }

  private WeightsCost() {}
}
