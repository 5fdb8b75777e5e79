package dev.wsss.api.weights;

/** Opcodes of Python's pickle, protocol 2, as {@code torch.save} writes them. */
final class PickleWriter {
  private final ByteWriter out = new ByteWriter().bytes(0x80, 2);

  PickleWriter op(int... bytes) {
    out.bytes(bytes);
    return this;
  }

  PickleWriter text(String text) {
    out.bytes('X').int32(text.length()).ascii(text);
    return this;
  }

  PickleWriter number(long value) {
    out.bytes('J').int32((int) value);
    return this;
  }

  PickleWriter numbers(long... values) {
    op('(');
    for (long value : values) {
      number(value);
    }
    return op('t');
  }

  PickleWriter global(String module, String name) {
    out.bytes('c').ascii(module + "\n" + name + "\n");
    return this;
  }

  /** {@code collections.OrderedDict()}. */
  PickleWriter ordered() {
    return global("collections", "OrderedDict").op(')', 'R');
  }

  PickleWriter storage(String type, String key, long count) {
    return op('(')
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .number(count)
        .op('t', 'Q');
  }

  /** A name and a tensor, to stand before SETITEM or SETITEMS. */
  PickleWriter tensor(
      String name, String type, String key, long count, long offset, long[] sizes, long[] strides) {
    return text(name)
        .global("torch._utils", "_rebuild_tensor_v2")
        .op('(')
        .storage(type, key, count)
        .number(offset)
        .numbers(sizes)
        .numbers(strides)
        .op(0x89)
        .ordered()
        .op('t', 'R');
  }

  byte[] done() {
    return new ByteWriter().raw(out.done()).bytes('.').done();
  }
}
