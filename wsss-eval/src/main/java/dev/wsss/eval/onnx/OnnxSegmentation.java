package dev.wsss.eval.onnx;

import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.SegmentationModel;

/** A session of a segmentation network. */
record OnnxSegmentation(OnnxSession session) implements SegmentationModel {

  @Override
  public int shortestSide() {
    return session.shortestSide();
  }

  @Override
  public PixelScores run(PixelBatch pixels) {
    return session.scores(pixels);
  }

  @Override
  public void close() {
    session.close();
  }
}
