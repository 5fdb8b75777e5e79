package dev.wsss.api.onnx;

import dev.wsss.api.protobuf.ProtobufMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The last entry of an exported model's metadata: the SHA-256 of all bytes before it, in hex. Its
 * length is fixed, so that a file can be checked from its bytes alone, before anything reads it as
 * a model. It finds damage; it is no signature.
 */
public final class OnnxSeal {
  /** The entry's key. */
  public static final String KEY = "wsss.sha256";

  private static final int METADATA = 14;
  private static final int DIGEST_BYTES = 32;

  /** Bytes of the entry as it stands in the file. */
  public static final int SIZE = entry(new byte[DIGEST_BYTES]).length;

  private OnnxSeal() {}

  /** Takes the bytes before the entry. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The entry as a field of {@code ModelProto}. */
  public static byte[] entry(byte[] sha256) {
    if (sha256.length != DIGEST_BYTES) {
      throw new IllegalArgumentException(sha256.length + " bytes are no SHA-256");
    }
    ProtobufMessage entry =
        new ProtobufMessage().text(1, KEY).text(2, HexFormat.of().formatHex(sha256));
    return new ProtobufMessage().message(METADATA, entry).toBytes();
  }
}
