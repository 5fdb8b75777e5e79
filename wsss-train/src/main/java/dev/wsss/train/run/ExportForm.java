package dev.wsss.train.run;

/** What an exported model takes and gives; docs/onnx.md has the shapes. */
public enum ExportForm {
  /** From pixels to raw maps, logits and probabilities: what {@code Predictor} and eval read. */
  MAPS,
  /** The same, and features. */
  FEATURES,
  /** From pixels and labels to masks: scales, mirror images and thresholds are in the graph. */
  MASKS
}
