package dev.wsss.api.weights;

import dev.wsss.api.weights.PyTorchObjects.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6: five pickles (a magic number, a version, facts
 * of the machine, what was saved, and the keys of the storages), then of each storage the number of
 * its values and the values.
 */
final class PyTorchLegacyFormat implements WeightsFormat {
  /** Of the pickles and what follows them. */
  private static final int LARGEST_START = PyTorchFormat.LARGEST_PICKLE;

  private static final long VERSION = 1001;

  @Override
  public String title() {
    return "PyTorch before 1.6";
  }

  /** Protocol 2, and 0x1950a86a20f9469cfc6c as a number of ten bytes. */
  @Override
  public boolean wrote(SourceFile file) {
    return file.beginsWith(
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.');
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    ByteBuffer in = file.part(0, Math.min(file.size(), LARGEST_START), LARGEST_START, "start");
    PyTorchObjects objects = new PyTorchObjects();
    Object saved;
    Object keys;
    try {
      Pickle.read(in, objects); // the magic number
      requireVersion(Pickle.read(in, objects));
      requireLittleEndian(Pickle.read(in, objects));
      saved = Pickle.read(in, objects);
      keys = Pickle.read(in, objects);
    } catch (IllegalArgumentException e) {
      throw file.error(" cannot be read: a pickle in it is refused: " + e.getMessage());
    }
    Map<Storage, Long> places = places(file, in.position(), keys, objects.storages());
    return PyTorchState.tensors(file.path(), saved, storage -> begin(places, storage));
  }

  /** Where the values of each storage begin. */
  private static Map<Storage, Long> places(
      SourceFile file, long begin, Object keys, Map<String, Storage> storages) throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw new IllegalArgumentException("it has no list of storages");
    }
    Map<Storage, Long> places = new HashMap<>();
    try (FileCursor in = new FileCursor(file)) {
      in.skip(begin);
      for (Object key : list) {
        Storage storage = key instanceof String text ? storages.get(text) : null;
        if (storage == null) {
          throw new IllegalArgumentException("it lists a storage that no tensor has");
        }
        long count = in.int64();
        if (count != storage.count()) {
          throw new IllegalArgumentException(
              "storage %s has %d values, and its tensors say %d"
                  .formatted(Shown.name(storage.key()), count, storage.count()));
        }
        places.put(storage, in.position());
        in.skip(StoredTensor.count(new long[] {count}) * storage.type().bytes());
      }
    }
    return places;
  }

  private static long begin(Map<Storage, Long> places, Storage storage) {
    Long begin = places.get(storage);
    if (begin == null) {
      throw new IllegalArgumentException(
          "its values, storage %s, are missing".formatted(Shown.name(storage.key())));
    }
    return begin;
  }

  private static void requireVersion(Object version) {
    if (!version.equals(VERSION)) {
      throw new IllegalArgumentException("its version is not " + VERSION);
    }
  }

  private static void requireLittleEndian(Object facts) {
    if (facts instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("little_endian"))) {
      throw new IllegalArgumentException("it has big-endian values");
    }
  }
}
