package dev.wsss.api.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of numpy's format of one array (NEP 1): {@code \x93NUMPY}, two bytes of version, the
 * length of a text (two bytes, from version 2 on four), and the text of a Python dictionary.
 *
 * @param axesReversed whether the first axis is the fastest, as in Fortran
 * @param length bytes before the first value
 */
record NpyHeader(StoredType type, List<Long> sizes, boolean axesReversed, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern TEXT =
      Pattern.compile(
          "\\{'descr': ?'([^']{1,20})', ?'fortran_order': ?(True|False),"
              + " ?'shape': ?\\(((?:\\d{1,18}, ?){0,32}+(?:\\d{1,18})?)\\),? ?\\}\\s*");

  private static final Map<String, StoredType> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("<f2", StoredType.F16),
              Map.entry("<f4", StoredType.F32),
              Map.entry("<f8", StoredType.F64),
              Map.entry("|b1", StoredType.BOOL),
              Map.entry("|i1", StoredType.I8),
              Map.entry("|u1", StoredType.U8),
              Map.entry("<i2", StoredType.I16),
              Map.entry("<u2", StoredType.U16),
              Map.entry("<i4", StoredType.I32),
              Map.entry("<u4", StoredType.U32),
              Map.entry("<i8", StoredType.I64),
              Map.entry("<u8", StoredType.U64)));

  /**
   * Reads a header.
   *
   * @param start of the array's file, little-endian
   * @throws IllegalArgumentException with the reason, if it is none
   */
  static NpyHeader read(ByteBuffer start) {
    byte[] magic = new byte[MAGIC.length];
    if (start.remaining() < MAGIC.length + 6) {
      throw new IllegalArgumentException("it has no header of numpy");
    }
    start.get(magic);
    int version = start.get();
    start.get(); // minor
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw new IllegalArgumentException("it has no header of numpy, version 1 to 3");
    }
    int length = version == 1 ? start.getShort() & 0xffff : start.getInt();
    if (length < 0 || length > start.remaining()) {
      throw new IllegalArgumentException(
          "its header would have %d bytes".formatted(Integer.toUnsignedLong(length)));
    }
    byte[] text = new byte[length];
    start.get(text);
    return parse(new String(text, StandardCharsets.ISO_8859_1), start.position());
  }

  private static NpyHeader parse(String text, int length) {
    Matcher header = TEXT.matcher(text);
    if (!header.matches()) {
      throw new IllegalArgumentException(
          "its header does not describe an array of numbers: " + Shown.name(text.strip()));
    }
    StoredType type = TYPES.get(header.group(1));
    if (type == null) {
      throw new IllegalArgumentException(
          "its type is %s; allowed: %s"
              .formatted(header.group(1), String.join(", ", TYPES.keySet())));
    }
    List<Long> sizes =
        Pattern.compile("\\d+")
            .matcher(header.group(3))
            .results()
            .map(size -> Long.parseLong(size.group()))
            .toList();
    return new NpyHeader(type, sizes, header.group(2).equals("True"), length);
  }

  /** The array in the entry of an archive, which must hold all its values. */
  StoredTensor place(Path file, ZipArchive.Entry entry) {
    long[] strides = new long[sizes.size()];
    long step = 1;
    for (int i = 0; i < sizes.size(); i++) {
      int axis = axesReversed ? i : sizes.size() - 1 - i;
      strides[axis] = step;
      step *= Math.max(1, sizes.get(axis)); // an overflow is refused with the shape
    }
    long room = (entry.size() - length) / type.bytes();
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    return StoredTensor.view(file, type, shape, strides, entry.begin() + length, 0, room);
  }
}
