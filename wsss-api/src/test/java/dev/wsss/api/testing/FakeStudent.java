package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.StudentView;
import java.util.List;
import java.util.Map;

/**
 * A part of a student whose outputs for the whole batch are given, by scale.
 *
 * @param outputs for all images of the batch
 * @param from first image of the part
 * @param to one past its last image
 * @param scales the part's scales
 */
public record FakeStudent(
    Batch batch, Map<Double, CamOutput> outputs, int from, int to, List<Double> scales)
    implements StudentView {

  /** All images at all given scales. */
  public static FakeStudent whole(Batch batch, Map<Double, CamOutput> outputs) {
    return new FakeStudent(
        batch, outputs, 0, batch.size(), outputs.keySet().stream().sorted().toList());
  }

  @Override
  public NDArray features(double scale) {
    return at(scale).features().get(from + ":" + to);
  }

  @Override
  public NDArray maps(double scale) {
    return at(scale).maps().get(from + ":" + to);
  }

  private CamOutput at(double scale) {
    CamOutput output = scales.contains(scale) ? outputs.get(scale) : null;
    if (output == null) {
      throw new IllegalArgumentException(
          "the module asked for the student at scale " + scale + "; this part has " + scales);
    }
    return output;
  }
}
