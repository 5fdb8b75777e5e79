package dev.wsss.api.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of Python, protocols 2 to 4, as far as {@code torch.save} writes it ({@code
 * Lib/pickletools.py} describes the opcodes). A pickle is a program for a machine with a stack;
 * this one builds texts, numbers, lists, tuples, dictionaries and {@link #NONE}, and asks {@link
 * Objects} for all else. Nothing is looked up by a name from the file.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@code byte[]},
 * {@link List} (also of tuples), {@link Map}, and what {@code Objects} gives. The keys of a map are
 * texts, numbers or booleans, so that no value that contains itself is ever hashed. No opcode takes
 * more memory than a few words and the bytes it stands on.
 */
final class Pickle {
  /** Python's {@code None}. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };

  private static final Object MARK = new Object();
  private static final int NEWEST_PROTOCOL = 4;

  private final ByteBuffer in;
  private final Objects objects;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  /** What a pickle's names and references mean; each may refuse with IllegalArgumentException. */
  interface Objects {
    /** A class or function. */
    Object named(String module, String name);

    /** What calling it gives. */
    Object call(Object callable, List<?> arguments);

    /** Something that lies outside of the pickle. */
    Object outside(Object reference);
  }

  private Pickle(ByteBuffer in, Objects objects) {
    this.in = in;
    this.objects = objects;
  }

  /**
   * Reads one pickle; the buffer then stands behind it.
   *
   * @param in little-endian
   * @throws IllegalArgumentException with the reason, if it is damaged or not of plain values
   */
  static Object read(ByteBuffer in, Objects objects) {
    return new Pickle(in, objects).run();
  }

  private Object run() {
    while (true) {
      int at = in.position();
      int opcode = unsigned(1);
      if (opcode == '.') {
        return pop();
      }
      step(opcode, at);
    }
  }

  private void step(int opcode, int at) {
    switch (opcode) {
      case 0x80 -> protocol(unsigned(1)); // PROTO
      case 0x95 -> skip(Long.BYTES); // FRAME
      case '(' -> stack.add(MARK);
      case '0' -> pop();
      case 'N' -> stack.add(NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) unsigned(1)); // BININT1
      case 'M' -> stack.add((long) unsigned(2)); // BININT2
      case 'J' -> stack.add((long) need(Integer.BYTES).getInt()); // BININT
      case 0x8a -> stack.add(longOf(unsigned(1))); // LONG1
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(int64()))); // BINFLOAT
      case 0x8c -> stack.add(text(unsigned(1))); // SHORT_BINUNICODE
      case 'X' -> stack.add(text(length32())); // BINUNICODE
      case 0x8d -> stack.add(text(int64())); // BINUNICODE8
      case 'U' -> stack.add(text(unsigned(1))); // SHORT_BINSTRING, of Python 2
      case 'T' -> stack.add(text(length32())); // BINSTRING, of Python 2
      case 'C' -> stack.add(bytes(unsigned(1))); // SHORT_BINBYTES
      case 'B' -> stack.add(bytes(length32())); // BINBYTES
      case ']' -> stack.add(new ArrayList<>());
      case '}' -> stack.add(new LinkedHashMap<>());
      case ')' -> stack.add(List.of());
      case 't' -> stack.add(Collections.unmodifiableList(toMark()));
      case 0x85 -> stack.add(tuple(1));
      case 0x86 -> stack.add(tuple(2));
      case 0x87 -> stack.add(tuple(3));
      case 'a' -> append(tuple(1));
      case 'e' -> append(toMark());
      case 's' -> put(tuple(2));
      case 'u' -> put(toMark());
      case 'q' -> memo.put((long) unsigned(1), top()); // BINPUT
      case 'r' -> memo.put(length32(), top()); // LONG_BINPUT
      case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
      case 'h' -> stack.add(remembered((long) unsigned(1))); // BINGET
      case 'j' -> stack.add(remembered(length32())); // LONG_BINGET
      case 'c' -> stack.add(objects.named(line(), line())); // GLOBAL
      case 0x93 -> stackGlobal();
      case 'R', 0x81 -> reduce(); // REDUCE, NEWOBJ
      case 'b' -> build();
      case 'Q' -> stack.add(objects.outside(pop())); // BINPERSID
      default ->
          throw new IllegalArgumentException(
              "it has the opcode 0x%02x at byte %d, which torch.save does not write"
                  .formatted(opcode, at));
    }
  }

  private static void protocol(int version) {
    if (version < 2 || version > NEWEST_PROTOCOL) {
      throw new IllegalArgumentException(
          "it has protocol %d of pickle; read are 2 to 4".formatted(version));
    }
  }

  private void stackGlobal() {
    List<Object> names = tuple(2);
    if (names.get(0) instanceof String module && names.get(1) instanceof String name) {
      stack.add(objects.named(module, name));
    } else {
      throw new IllegalArgumentException("it names something by what is no text");
    }
  }

  private void reduce() {
    List<Object> call = tuple(2);
    if (!(call.get(1) instanceof List<?> arguments)) {
      throw new IllegalArgumentException("it calls something with what is no tuple");
    }
    stack.add(objects.call(call.get(0), arguments));
  }

  /** Attributes of an ordered dictionary, such as a state's {@code _metadata}, are passed over. */
  private void build() {
    pop();
    if (!(top() instanceof Map)) {
      throw new IllegalArgumentException("it sets attributes of what is no dictionary");
    }
  }

  @SuppressWarnings("unchecked") // every list that can be changed was made here
  private void append(List<Object> values) {
    if (!(top() instanceof ArrayList<?> list)) {
      throw new IllegalArgumentException("it appends to what is no list");
    }
    ((List<Object>) list).addAll(values);
  }

  @SuppressWarnings("unchecked") // every map was made here or by Objects for here
  private void put(List<Object> keysAndValues) {
    if (!(top() instanceof Map<?, ?> map) || keysAndValues.size() % 2 != 0) {
      throw new IllegalArgumentException("it puts keys and values into what is no dictionary");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw new IllegalArgumentException(
            "a key of a dictionary in it is neither a text nor a number");
      }
      ((Map<Object, Object>) map).put(key, keysAndValues.get(i + 1));
    }
  }

  private Object remembered(long number) {
    Object value = memo.get(number);
    if (value == null) {
      throw new IllegalArgumentException(
          "it recalls value %d, which it never stored".formatted(number));
    }
    return value;
  }

  private Object top() {
    Object top = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
    if (top == MARK) {
      throw new IllegalArgumentException("it takes a value from an empty stack");
    }
    return top;
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> tuple(int size) {
    Object[] values = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      values[i] = pop();
    }
    return List.of(values);
  }

  /** Takes all values down to the last mark, and the mark. */
  private List<Object> toMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new IllegalArgumentException("it has no mark where one is needed");
    }
    List<Object> above = stack.subList(mark + 1, stack.size());
    List<Object> values = new ArrayList<>(above);
    stack.subList(mark, stack.size()).clear();
    return values;
  }

  private ByteBuffer need(long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new IllegalArgumentException("it ends in the middle of a value");
    }
    return in;
  }

  private void skip(int bytes) {
    need(bytes).position(in.position() + bytes);
  }

  private int unsigned(int bytes) {
    need(bytes);
    return bytes == 1 ? in.get() & 0xff : in.getShort() & 0xffff;
  }

  private long length32() {
    return Integer.toUnsignedLong(need(Integer.BYTES).getInt());
  }

  private long int64() {
    return need(Long.BYTES).getLong();
  }

  /** A little-endian number in two's complement; beyond 64 bits it is no number that matters. */
  private Object longOf(int bytes) {
    byte[] value = bytes(bytes);
    if (bytes > Long.BYTES) {
      return value;
    }
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (i == bytes - 1 ? value[i] : value[i] & 0xff);
    }
    return number;
  }

  private byte[] bytes(long length) {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private String text(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** The bytes up to the next line break. */
  private String line() {
    int from = in.position();
    while (unsigned(1) != '\n') {
      // on to the line's end
    }
    return new String(
        in.array(), in.arrayOffset() + from, in.position() - 1 - from, StandardCharsets.UTF_8);
  }
}
