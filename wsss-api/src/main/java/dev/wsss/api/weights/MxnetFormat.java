package dev.wsss.api.weights;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MXNet's {@code .params}, as {@code NDArray::Save} of its {@code src/ndarray/ndarray.cc} writes
 * it, little-endian: a magic number, a reserved one, the count of arrays, the arrays, the count of
 * names, the names. An array is the magic number of its version (before the first: nothing), from
 * version 2 on its kind of storage, its shape, two numbers of the device, its type, its values.
 * Names begin with {@code arg:} or {@code aux:} (running statistics), which is left out.
 */
final class MxnetFormat implements WeightsFormat {
  private static final int LIST_MAGIC = 0x112;
  private static final int V1_MAGIC = 0xF993FAC8;
  private static final int V2_MAGIC = 0xF993FAC9;
  private static final int V3_MAGIC = 0xF993FACA;
  private static final int MOST_AXES = 32;

  /** In the order of their numbers. */
  private static final List<StoredType> TYPES =
      List.of(
          StoredType.F32,
          StoredType.F64,
          StoredType.F16,
          StoredType.U8,
          StoredType.I32,
          StoredType.I8,
          StoredType.I64,
          StoredType.BOOL,
          StoredType.I16,
          StoredType.U16,
          StoredType.U32,
          StoredType.U64,
          StoredType.BF16);

  @Override
  public String title() {
    return "MXNet";
  }

  @Override
  public boolean wrote(SourceFile file) {
    return file.beginsWith(0x12, 0x01, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    try (FileCursor in = new FileCursor(file)) {
      if (in.int64() != LIST_MAGIC) {
        throw new IllegalArgumentException("it does not begin with 0x112");
      }
      in.skip(Long.BYTES);
      long count = in.count(Integer.BYTES, "arrays");
      List<@Nullable StoredTensor> arrays = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        arrays.add(array(file, in, i));
      }
      return named(file, in, arrays);
    }
  }

  private static Map<String, StoredTensor> named(
      SourceFile file, FileCursor in, List<@Nullable StoredTensor> arrays) throws IOException {
    long names = in.count(Long.BYTES, "names");
    if (names != arrays.size()) {
      throw file.error(
          " cannot be read: it has %d arrays and %d names; save a dictionary of names to arrays"
              .formatted(arrays.size(), names));
    }
    TensorTable tensors = new TensorTable();
    for (StoredTensor array : arrays) {
      String name = in.text(in.count(1, "letters")).replaceFirst("^(arg|aux):", "");
      if (array != null) {
        tensors.add(name, () -> array);
      }
    }
    return tensors.byName();
  }

  /** An array without its name; nothing where MXNet saved one without values. */
  private static @Nullable StoredTensor array(SourceFile file, FileCursor in, long number)
      throws IOException {
    int magic = in.int32();
    if ((magic == V2_MAGIC || magic == V3_MAGIC) && in.int32() != 0) {
      throw error(file, number, "is sparse; only dense arrays are read");
    }
    boolean versioned = magic == V1_MAGIC || magic == V2_MAGIC || magic == V3_MAGIC;
    int axes = versioned ? in.int32() : magic;
    if (axes == (magic == V3_MAGIC ? -1 : 0)) {
      return null;
    }
    if (axes < 0 || axes > MOST_AXES) {
      throw error(file, number, "would have %d axes".formatted(Integer.toUnsignedLong(axes)));
    }
    long[] sizes = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      sizes[axis] = versioned ? in.int64() : Integer.toUnsignedLong(in.int32());
    }
    in.skip(2 * Integer.BYTES); // the device
    int type = in.int32();
    if (type < 0 || type >= TYPES.size()) {
      throw error(file, number, "has the type %d; MXNet has 0 to 12".formatted(type));
    }
    try {
      StoredTensor array = StoredTensor.rows(file.path(), TYPES.get(type), sizes, in.position());
      in.skip(array.bytes());
      return array;
    } catch (IllegalArgumentException e) {
      throw error(file, number, "is not right: " + e.getMessage());
    }
  }

  /** Names follow all arrays, so that an array is known by its number. */
  private static WeightsException error(SourceFile file, long number, String reason) {
    return file.error(" cannot be read: array %d %s".formatted(number + 1, reason));
  }
}
