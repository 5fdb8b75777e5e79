package org.example.benchmarks;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.data.Unlabelled;
import dev.wsss.eval.data.VocConfig;
import dev.wsss.eval.data.VocDataset;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.MapStoreWriter;
import dev.wsss.eval.store.StoreSettings;
import dev.wsss.eval.store.StoredMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a store of maps takes beside float32 of the same maps, and how many pixels of masks it
 * changes at nine thresholds, for cells of 1, 2 and 4 pixels; with the model's own scales, and with
 * four and mirror images. Arguments: an exported model, a folder in PASCAL VOC's layout, how many
 * of the first training pictures.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.StoreCost \
 *   -Djmh.options="model.onnx VOC2012 40"
 * }</pre>
 */
public final class StoreCost {
  private static final double[] THRESHOLDS = {0.2, 0.25, 0.3, 0.37, 0.4, 0.5, 0.6, 0.65, 0.7};

  public static void main(String[] arguments) throws Exception {
    VocDataset data =
        new VocDataset(
            new VocConfig(
                Path.of(arguments[1]),
                VocConfig.Labels.AUTO,
                Unlabelled.FAIL,
                Map.of(),
                100_000_000));
    List<Example> examples = data.examples("train").subList(0, Integer.parseInt(arguments[2]));
    try (OnnxSession model = OnnxSession.open(Path.of(arguments[0]))) {
      CamConfig own = ModelMetadata.read(model.texts()).cams();
      List<Double> four = List.of(0.5, 1.0, 1.5, 2.0);
      for (CamConfig cams : List.of(own, new CamConfig(four, true, own.pixelsPerPass()))) {
        System.out.printf("scales %s, mirrored: %s%n", cams.scales(), cams.flip());
        CamInference inference = new CamInference(model, cams);
        List<PictureMaps> pictures = new ArrayList<>();
        for (Example example : examples) {
          pictures.add(
              inference
                  .maps(List.of(data.image(example)), List.of(example), LabelSource.GIVEN)
                  .get(0));
        }
        measure(pictures, data.classes());
      }
    }
  }

  private static void measure(List<PictureMaps> pictures, ClassNames classes) throws IOException {
    long floats = pictures.stream().mapToLong(maps -> maps.scores().length * 4L).sum();
    for (int cell : new int[] {1, 2, 4}) {
      Path folder = Files.createTempDirectory("store").resolve("maps");
      List<String> ids = pictures.stream().map(maps -> maps.example().id()).toList();
      long start = System.nanoTime();
      try (MapStoreWriter writer =
          MapStoreWriter.open(folder, new StoreSettings(classes, "maps"), ids)) {
        pictures.forEach(maps -> writer.add(StoredMaps.of(maps, cell)));
        writer.finish();
      }
      long written = System.nanoTime();
      MapStore store = MapStore.open(folder);
      List<StoredMaps> stored = ids.stream().map(store::maps).toList();
      long read = System.nanoTime();
      long bytes = bytes(folder);
      System.out.printf(
          Locale.ROOT,
          "cells of %d: 1/%.1f of float32, %d bytes a picture, changed %%:%s; a picture %.1f ms to"
              + " write, %.1f ms to read%n",
          cell,
          floats / (double) bytes,
          bytes / ids.size(),
          changed(pictures, stored),
          (written - start) / 1e6 / ids.size(),
          (read - written) / 1e6 / ids.size());
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String changed(List<PictureMaps> pictures, List<StoredMaps> stored) {
    StringBuilder shares = new StringBuilder();
    for (double threshold : THRESHOLDS) {
      long pixels = 0;
      long changed = 0;
      for (int i = 0; i < pictures.size(); i++) {
        byte[] before = pictures.get(i).winners().mask(threshold).indices();
        byte[] after = stored.get(i).mask(threshold).indices();
        pixels += before.length;
        for (int p = 0; p < before.length; p++) {
          changed += before[p] == after[p] ? 0 : 1;
        }
      }
      shares.append(String.format(Locale.ROOT, " %.3f", 100.0 * changed / pixels));
    }
    return shares.toString();
  }

  private StoreCost() {}
}
