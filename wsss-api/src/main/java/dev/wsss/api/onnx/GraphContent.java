package dev.wsss.api.onnx;

import dev.wsss.api.protobuf.ProtobufMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all views of one graph share: a {@code GraphProto} that grows, and the names in use. */
final class GraphContent {
  /** Field numbers of {@code GraphProto}. */
  private static final int NODE = 1;

  private static final int NAME = 2;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  private final ProtobufMessage nodes = new ProtobufMessage();
  private final ProtobufMessage initialisers = new ProtobufMessage();
  private final ProtobufMessage inputs = new ProtobufMessage();
  private final ProtobufMessage outputs = new ProtobufMessage();
  private final Set<String> initialised = new HashSet<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /** A name that nothing else has: the given one, or with a number behind it. */
  String unique(String name) {
    int use = uses.merge(name, 1, Integer::sum);
    return use == 1 ? name : unique(name + "_" + use);
  }

  void input(String name, OnnxType type, List<String> dimensions) {
    inputs.message(INPUT, valueInfo(reserve(name), type, dimensions));
  }

  void output(String name, OnnxType type, List<String> dimensions) {
    outputs.message(OUTPUT, valueInfo(name, type, dimensions));
  }

  /** Takes a name that has to be as it is. */
  String reserve(String name) {
    if (uses.putIfAbsent(name, 1) != null) {
      throw new IllegalArgumentException("two values of the graph are called '" + name + "'");
    }
    return name;
  }

  /** Adds an initialiser unless there is one of this name. */
  void initialiser(
      String name, OnnxType type, long[] shape, long bytes, ProtobufMessage.Content content) {
    if (!initialised.add(name)) {
      return;
    }
    reserve(name);
    ProtobufMessage tensor = new ProtobufMessage();
    for (long dimension : shape) {
      tensor.varint(1, dimension);
    }
    tensor.varint(2, type.code()).text(8, name).bytes(9, bytes, content);
    initialisers.message(INITIALIZER, tensor);
  }

  void node(
      String operator,
      String name,
      List<OnnxValue> inputs,
      List<OnnxValue> outputs,
      OnnxAttribute... attributes) {
    ProtobufMessage node = new ProtobufMessage();
    inputs.forEach(input -> node.text(1, input.name()));
    outputs.forEach(output -> node.text(2, output.name()));
    node.text(3, name).text(4, operator);
    for (OnnxAttribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    nodes.message(NODE, node);
  }

  /** As a {@code GraphProto}. */
  ProtobufMessage message(String name) {
    return new ProtobufMessage()
        .append(nodes)
        .text(NAME, name)
        .append(initialisers)
        .append(inputs)
        .append(outputs);
  }

  private static ProtobufMessage valueInfo(String name, OnnxType type, List<String> dimensions) {
    ProtobufMessage shape = new ProtobufMessage();
    for (String dimension : dimensions) {
      shape.message(1, dimension(dimension));
    }
    ProtobufMessage tensor = new ProtobufMessage().varint(1, type.code()).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  }

  private static ProtobufMessage dimension(String dimension) {
    return dimension.chars().allMatch(Character::isDigit)
        ? new ProtobufMessage().varint(1, Long.parseLong(dimension))
        : new ProtobufMessage().text(2, dimension);
  }
}
