package dev.wsss.api.onnx;

import dev.wsss.api.protobuf.ProtobufMessage;
import java.nio.charset.StandardCharsets;

/** A named constant of a node, such as {@code strides=[2, 2]}. */
public final class OnnxAttribute {
  /** Field numbers of {@code AttributeProto}. */
  private static final int NAME = 1;

  private static final int F = 2;
  private static final int I = 3;
  private static final int S = 4;
  private static final int INTS = 8;
  private static final int TYPE = 20;

  private final ProtobufMessage message;

  private OnnxAttribute(ProtobufMessage message) {
    this.message = message;
  }

  /** An integer. */
  public static OnnxAttribute of(String name, long value) {
    return new OnnxAttribute(named(name).varint(I, value).varint(TYPE, 2));
  }

  /** A float. */
  public static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(named(name).fixed32(F, Float.floatToIntBits(value)).varint(TYPE, 1));
  }

  /** A string. */
  public static OnnxAttribute of(String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new OnnxAttribute(named(name).bytes(S, bytes).varint(TYPE, 3));
  }

  /** A list of integers. */
  public static OnnxAttribute list(String name, long... values) {
    ProtobufMessage message = named(name);
    for (long value : values) {
      message.varint(INTS, value);
    }
    return new OnnxAttribute(message.varint(TYPE, 7));
  }

  private static ProtobufMessage named(String name) {
    return new ProtobufMessage().text(NAME, name);
  }

  /** As an {@code AttributeProto}. */
  ProtobufMessage message() {
    return message;
  }
}
