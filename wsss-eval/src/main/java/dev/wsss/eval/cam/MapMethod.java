package dev.wsss.eval.cam;

import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;

/** What a class's map is made of. */
public enum MapMethod {
  /** The head's map A_k, a weighted sum of features (Zhou et al. 2016). */
  CAM,
  /**
   * {@code Σ_c α_c X_c} with {@code α_c} the mean of ∂logit_k/∂X_c over the grid (Selvaraju et al.
   * 2017), X the backbone's features.
   */
  GRAD_CAM,
  /** {@code Σ_c relu(∂logit_k/∂X_c) X_c}, cell by cell (Jiang et al. 2021). */
  LAYER_CAM,
  /** The head's map, spread over cells with like features (SEAM): {@link PixelCorrelationModel}. */
  PIXEL_CORRELATION;

  /** Whether maps come of the gradients of logits, which an ONNX file cannot make. */
  public boolean takesGradients() {
    return this == GRAD_CAM || this == LAYER_CAM;
  }

  /**
   * Writes the nodes between what a pass gives and its maps of this method.
   *
   * @return maps N×K×h×w
   * @throws OnnxException if it takes gradients
   */
  public OnnxValue export(OnnxGraph graph, OnnxCam cam) {
    return switch (this) {
      case CAM -> cam.maps();
      case PIXEL_CORRELATION -> PixelCorrelationModel.export(graph.in("correlation"), cam);
      case GRAD_CAM, LAYER_CAM ->
          throw new OnnxException(this + " takes gradients, for which there are no ONNX nodes");
    };
  }
}
