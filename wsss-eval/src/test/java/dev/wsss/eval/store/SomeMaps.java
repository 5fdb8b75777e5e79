package dev.wsss.eval.store;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.eval.cam.PictureMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Smooth maps of pictures that there are not. */
final class SomeMaps {
  static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog", "traffic light"));
  static final StoreSettings SETTINGS = new StoreSettings(CLASSES, "model 1");

  private SomeMaps() {}

  /** A picture of 13×9 pixels or so, with hills for the classes; the same for the same id. */
  static PictureMaps picture(String id, int... present) {
    int width = 13 + id.length() % 3;
    int height = 9;
    float[] sums = new float[present.length * width * height];
    for (int i = 0; i < sums.length; i++) {
      double k = present[i / (width * height)];
      double x = i % width - 1 - Math.floorMod(id.hashCode(), 3) - 5 * k;
      double y = i / width % height - 4;
      sums[i] = (float) Math.exp(-(x * x + (1 + k) * y * y) / 20);
    }
    BitSet labels = new BitSet();
    for (int k : present) {
      labels.set(k);
    }
    float[] probabilities = {0.1f / (1 + id.length()), 1, 1e-10f};
    return PictureMaps.of(new Example(id, labels), probabilities, width, height, sums);
  }

  /** The same as they are stored. */
  static StoredMaps stored(String id, int... present) {
    return StoredMaps.of(picture(id, present), MapGrid.CELL);
  }

  /** Stores pictures that all show the first two classes. */
  static void store(Path folder, StoreSettings settings, List<String> ids) {
    try (MapStoreWriter writer = MapStoreWriter.open(folder, settings, ids)) {
      writer.left().forEach(id -> writer.add(stored(id, 0, 1)));
      writer.finish();
    }
  }

  /** The bytes of all files by name, in hexadecimal digits. */
  static Map<String, String> bytes(Path folder) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }
}
