package org.example.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.predict.PicturePrediction;
import dev.wsss.eval.predict.Predictor;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What labelling a picture costs, part by part, in CPU seconds of all threads, which other programs
 * on the machine change little. Pictures are looked at in their own size, and every one gets the
 * maps of one class, whatever it shows: what a model that has learned something finds in most.
 * Arguments: an exported model, a folder of pictures, how many.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.LabellingCost \
 *   -Djmh.options="model.onnx pictures 50"
 * }</pre>
 */
public final class LabellingCost {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static double cpuSeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  public static void main(String[] arguments) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[1]))) {
      files = all.sorted().limit(Integer.parseInt(arguments[2])).toList();
    }
    double before = cpuSeconds();
    long started = System.nanoTime();
    Path work = Files.createTempFile("mask", ".png");
    try (Predictor predictor = open(Path.of(arguments[0]))) {
      System.out.printf(
          Locale.ROOT,
          "model: %.2f CPU s, %.2f s%n",
          cpuSeconds() - before,
          (System.nanoTime() - started) / 1e9);
      double[] cost = new double[3];
      long read = 0;
      long written = 0;
      int warm = files.size() / 5;
      BitSet first = new BitSet();
      first.set(0);
      for (int i = 0; i < files.size(); i++) {
        double start = cpuSeconds();
        RgbImage picture = new PictureFile(files.get(i)).read();
        double decoded = cpuSeconds();
        PicturePrediction prediction = predictor.predict(new Example("picture", first), picture);
        IndexMask mask = prediction.mask();
        double labelled = cpuSeconds();
        new MaskFile(work).write(mask);
        double stored = cpuSeconds();
        if (i >= warm) {
          cost[0] += decoded - start;
          cost[1] += labelled - decoded;
          cost[2] += stored - labelled;
          read += Files.size(files.get(i));
          written += Files.size(work);
        }
      }
      int counted = files.size() - warm;
      System.out.printf(
          Locale.ROOT,
          "%d pictures: decoding %.2f, maps and mask %.1f, PNG %.2f CPU ms a picture; %d bytes"
              + " read, %d written a picture%n",
          counted,
          1e3 * cost[0] / counted,
          1e3 * cost[1] / counted,
          1e3 * cost[2] / counted,
          read / counted,
          written / counted);
    } finally {
      Files.delete(work);
    }
  }

  /** Pictures are not scaled down, whatever size the model was trained with. */
  private static Predictor open(Path file) {
    OnnxSession session = OnnxSession.open(file);
    ModelInfo info = ModelMetadata.read(session.texts());
    return new Predictor(
        session,
        new ModelInfo(
            info.classes(),
            info.cams(),
            info.maskThreshold(),
            info.maskThresholdMode(),
            info.labels(),
            Integer.MAX_VALUE));
  }

  private LabellingCost() {}
}
