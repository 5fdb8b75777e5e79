package dev.wsss.api.onnx;

/** A network that cannot be written as ONNX; the message names what and how it could be. */
public final class OnnxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OnnxException(String message) {
    super(message);
  }
}
