package dev.wsss.api.onnx;

/** The element types of tensors that networks need. */
public enum OnnxType {
  FLOAT(1, Float.BYTES),
  UINT8(2, Byte.BYTES),
  INT64(7, Long.BYTES),
  DOUBLE(11, Double.BYTES);

  private final int code;
  private final int size;

  OnnxType(int code, int size) {
    this.code = code;
    this.size = size;
  }

  /** As {@code TensorProto.DataType} numbers it; what {@code Cast} takes as {@code to}. */
  public int code() {
    return code;
  }

  /** Bytes of an element. */
  public int size() {
    return size;
  }
}
