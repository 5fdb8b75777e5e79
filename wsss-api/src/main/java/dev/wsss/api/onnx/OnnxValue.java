package dev.wsss.api.onnx;

/**
 * A tensor of a graph: an input, an initialiser or what a node gives.
 *
 * @param name by which nodes refer to it
 */
public record OnnxValue(String name) {
  /** Stands for an optional input that is left out. */
  public static final OnnxValue ABSENT = new OnnxValue("");
}
