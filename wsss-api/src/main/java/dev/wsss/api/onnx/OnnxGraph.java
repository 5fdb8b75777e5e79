package dev.wsss.api.onnx;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.wsss.api.protobuf.ProtobufMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A graph that grows: inputs, initialisers, nodes and outputs, of the operators of opset 17.
 *
 * <p>An instance is a view with a <em>path</em>, such as {@code backbone.layer1.0}: what it adds is
 * named below that. An initialiser of a path and name is added once, however often a network is
 * written into the graph; where it is written again, {@link #pass} keeps the nodes apart. Used by
 * one thread.
 */
public final class OnnxGraph {
  private static final int CHUNK = 1 << 16;

  private final GraphContent content;
  private final String pass;
  private final String path;

  private OnnxGraph(GraphContent content, String pass, String path) {
    this.content = content;
    this.pass = pass;
    this.path = path;
  }

  /** A graph without anything. */
  public static OnnxGraph empty() {
    return new OnnxGraph(new GraphContent(), "", "");
  }

  /** The view below this one: {@code in("conv1")} of {@code layer1} is {@code layer1.conv1}. */
  public OnnxGraph in(String child) {
    return new OnnxGraph(content, pass, below(child));
  }

  /** The view of this path whose nodes are named apart, as of a pass at another scale. */
  public OnnxGraph pass(String name) {
    return new OnnxGraph(content, name + "/", path);
  }

  /** Names joined by dots; empty at the root. */
  public String path() {
    return path;
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * Adds an input of the graph.
   *
   * @param dimensions a number each, or the name of a dimension that is free, such as {@code H}
   * @throws IllegalArgumentException if the name is taken
   */
  public OnnxValue input(String name, OnnxType type, String... dimensions) {
    content.input(name, type, List.of(dimensions));
    return new OnnxValue(name);
  }

  /** Adds an output of the graph, as {@link #input} adds an input. */
  public void output(String name, OnnxValue value, OnnxType type, String... dimensions) {
    OnnxValue output = new OnnxValue(content.reserve(name));
    content.node("Identity", content.unique(name + ".out"), List.of(value), List.of(output));
    content.output(name, type, List.of(dimensions));
  }

  /** Adds a node with one output. */
  public OnnxValue node(String operator, List<OnnxValue> inputs, OnnxAttribute... attributes) {
    return nodes(operator, 1, inputs, attributes).get(0);
  }

  /** Adds a node with several outputs. */
  public List<OnnxValue> nodes(
      String operator, int outputs, List<OnnxValue> inputs, OnnxAttribute... attributes) {
    String name = content.unique(pass + below(operator));
    List<OnnxValue> values = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      values.add(new OnnxValue(i == 0 ? name : content.unique(name + "." + i)));
    }
    content.node(operator, name, inputs, values, attributes);
    return List.copyOf(values);
  }

  /**
   * Writes a child block.
   *
   * @throws OnnxException if it writes no nodes
   */
  public OnnxValue export(String child, Block block, OnnxValue input) {
    return in(child).export(block, input);
  }

  /** Writes the block of this path, as {@link #export(String, Block, OnnxValue)} a child. */
  public OnnxValue export(Block block, OnnxValue input) {
    if (block instanceof OnnxBlock exportable) {
      return exportable.export(this, input);
    }
    throw new OnnxException(
        "block '%s' (%s) writes no ONNX nodes; let its class implement %s, whose method is OnnxValue export(OnnxGraph graph, OnnxValue input), or write its nodes in the block or the backbone around it, which overrides export"
            .formatted(path, block.getClass().getName(), OnnxBlock.class.getName()));
  }

  /** A parameter's values, by its own name below this path. */
  public OnnxValue parameter(Parameter parameter) {
    return weights(
        parameter.getName(),
        parameter.getArray().getShape(),
        () -> parameter.getArray().toFloatArray());
  }

  /**
   * Floats that belong to this path; of one name, the first ones count.
   *
   * @param values asked for when the graph is written
   */
  public OnnxValue weights(String name, Shape shape, Supplier<float[]> values) {
    String full = below(name);
    content.initialiser(
        full,
        OnnxType.FLOAT,
        shape.getShape(),
        shape.size() * Float.BYTES,
        out -> writeFloats(out, values.get()));
    return new OnnxValue(full);
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int atOnce = CHUNK / Float.BYTES;
    for (int from = 0; from < values.length; from += atOnce) {
      int count = Math.min(values.length - from, atOnce);
      littleEndian(chunk).asFloatBuffer().put(values, from, count);
      out.write(chunk, 0, count * Float.BYTES);
    }
  }

  /** A float of no dimension. */
  public OnnxValue number(float value) {
    byte[] bytes = new byte[Float.BYTES];
    littleEndian(bytes).putFloat(value);
    return constant("float_" + value, OnnxType.FLOAT, new long[0], bytes);
  }

  /** A double of no dimension. */
  public OnnxValue precise(double value) {
    byte[] bytes = new byte[Double.BYTES];
    littleEndian(bytes).putDouble(value);
    return constant("double_" + value, OnnxType.DOUBLE, new long[0], bytes);
  }

  /** A list of integers, of one dimension. */
  public OnnxValue integers(long... values) {
    byte[] bytes = new byte[values.length * Long.BYTES];
    littleEndian(bytes).asLongBuffer().put(values);
    String name = "int64_" + Arrays.toString(values).replaceAll("[\\[\\] ]", "");
    return constant(name, OnnxType.INT64, new long[] {values.length}, bytes);
  }

  /** One initialiser for all places that need these values. */
  private OnnxValue constant(String name, OnnxType type, long[] shape, byte[] bytes) {
    content.initialiser(name, type, shape, bytes.length, out -> out.write(bytes));
    return new OnnxValue(name);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  ProtobufMessage message(String name) {
    return content.message(name);
  }
}
