package dev.wsss.eval.onnx;

/** A model file cannot be used; the message names the file and says why. */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
