package dev.wsss.train.bench;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelledPicture;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.cam.TrainedModel;
import dev.wsss.eval.export.PlainForm;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.inference.FrozenNetwork;
import dev.wsss.train.provenance.PeakMemory;
import dev.wsss.train.provenance.ProgramVersion;
import dev.wsss.train.wiring.WiredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * CAM inference picture by picture, as runs and pipelines do it: scales, flips, maps at the
 * picture's size, winning class.
 */
public final class CamBench {
  private CamBench() {}

  /**
   * What to time.
   *
   * @param backbone a module's name
   * @param pictures that count, after two that do not
   * @param width of a picture
   * @param height of a picture
   * @param overrides of keys of the configuration, as {@code -o} takes them
   */
  public record Options(
      String backbone, int pictures, int width, int height, List<String> overrides) {}

  /**
   * What was measured.
   *
   * @param device that it ran on, cpu or cuda:N
   * @param picture median seconds of a picture
   * @param peakMemoryMb most memory that the process ever held, in MiB
   * @param parameters numbers that the network learns or keeps, its head included
   * @param exportBytes of the network as an ONNX file; empty where it cannot be one
   */
  public record Times(
      String device,
      double picture,
      long peakMemoryMb,
      long parameters,
      OptionalLong exportBytes) {}

  /** Infers and times noise with one label. */
  public static Times run(ConfigLoader loader, Options options) {
    BenchRun.Bench bench =
        BenchRun.wire(loader, options.backbone(), List.of(), 1, 64, options.overrides());
    WiredRun run = bench.run();
    int classes = run.data().classes().count();
    FrozenNetwork frozen =
        new FrozenNetwork(
            bench.config().engine(),
            run.device(),
            classes,
            Path.of("backbone " + options.backbone()));
    try (CamModel model =
        frozen.of(run.teacher(), new TrainedModel(run.teacher(), run.root()), false)) {
      CamInference inference = new CamInference(model, bench.config().cams());
      List<Double> seconds = new ArrayList<>();
      for (int i = 1; i <= BenchRun.WARM_UP + options.pictures(); i++) {
        LabelledPicture picture = picture(options, classes, i);
        long start = System.nanoTime();
        inference.predict(picture);
        if (i > BenchRun.WARM_UP) {
          seconds.add((System.nanoTime() - start) * 1e-9);
        }
      }
      return new Times(
          run.device().name(),
          BenchRun.median(seconds, Double::doubleValue),
          PeakMemory.mebibytes(),
          parameters(run.teacher()),
          exportBytes(run.teacher(), classes));
    } finally {
      run.root().close();
    }
  }

  private static long parameters(CamNetwork network) {
    return network.parameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  private static OptionalLong exportBytes(CamNetwork network, int classes) {
    try {
      OnnxGraph graph = PlainForm.of(network, classes, MapMethod.CAM, false);
      return OptionalLong.of(new OnnxModel(graph, ProgramVersion.text(), Map.of()).size());
    } catch (OnnxException e) {
      return OptionalLong.empty();
    }
  }

  private static LabelledPicture picture(Options options, int classes, int number) {
    byte[] rgb = new byte[3 * options.width() * options.height()];
    new Random(number).nextBytes(rgb);
    BitSet labels = new BitSet();
    labels.set(number % classes);
    return new LabelledPicture(
        new Example("noise " + number, labels),
        new RgbImage(options.width(), options.height(), rgb),
        Optional.empty());
  }
}
