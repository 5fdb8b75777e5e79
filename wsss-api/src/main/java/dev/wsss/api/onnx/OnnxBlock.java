package dev.wsss.api.onnx;

/**
 * A block that writes itself as ONNX nodes, in evaluation mode; implemented by classes that extend
 * DJL's {@code AbstractBlock}. Its parameters are initialised when it is asked.
 */
public interface OnnxBlock {

  /**
   * Writes the nodes of one pass.
   *
   * @param graph whose path is this block's
   * @return the output
   * @throws OnnxException if this block, or one inside it, cannot be written
   */
  OnnxValue export(OnnxGraph graph, OnnxValue input);
}
