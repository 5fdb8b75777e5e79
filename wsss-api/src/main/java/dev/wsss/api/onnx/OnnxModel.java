package dev.wsss.api.onnx;

import dev.wsss.api.protobuf.ProtobufMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A graph as the content of an {@code .onnx} file: opset 17, IR version 8.
 *
 * @param graph finished
 * @param producer the version of this program
 * @param metadata texts by key, which every runtime shows
 */
public record OnnxModel(OnnxGraph graph, String producer, Map<String, String> metadata) {
  /** Bytes of the largest file: it is one protocol buffer message, whose readers stop here. */
  public static final long LARGEST = Integer.MAX_VALUE;

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  public OnnxModel {
    metadata = Map.copyOf(metadata);
    if (metadata.containsKey(OnnxSeal.KEY)) {
      throw new IllegalArgumentException(OnnxSeal.KEY + " is written with the file");
    }
  }

  /** Bytes of the file's content; nothing is written. */
  public long size() {
    return message().size() + OnnxSeal.SIZE;
  }

  /**
   * Writes the file's content, an {@link OnnxSeal} at its end.
   *
   * @throws OnnxException if it would be larger than 2 GiB; then nothing was written
   */
  public void writeTo(OutputStream out) throws IOException {
    ProtobufMessage model = message();
    long size = model.size() + OnnxSeal.SIZE;
    if (size > LARGEST) {
      throw new OnnxException(
          String.format(
              Locale.ROOT,
              "the model would have %,d bytes, and an ONNX file can have %,d at most; a backbone with fewer channels gives a smaller one",
              size,
              LARGEST));
    }
    MessageDigest digest = OnnxSeal.digest();
    model.writeTo(new DigestOutputStream(out, digest));
    out.write(OnnxSeal.entry(digest.digest()));
  }

  /** As a {@code ModelProto}. */
  private ProtobufMessage message() {
    ProtobufMessage model =
        new ProtobufMessage()
            .varint(1, IR_VERSION)
            .text(2, "wsss")
            .text(3, producer)
            .message(7, graph.message("wsss"))
            .message(8, new ProtobufMessage().text(1, "").varint(2, OPSET));
    new TreeMap<>(metadata)
        .forEach(
            (key, value) -> model.message(14, new ProtobufMessage().text(1, key).text(2, value)));
    return model;
  }
}
