package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.StudentView;
import java.util.List;
import java.util.Map;

/**
 * A part of a student whose outputs for the whole batch are given, by scale.
 *
 * @param outputs for all images of the batch
 * @param scales the part's scales
 */
public record FakeStudent(BatchPart part, Map<Double, CamOutput> outputs, List<Double> scales)
    implements StudentView {

  /** All images at all given scales. */
  public static FakeStudent whole(Batch batch, Map<Double, CamOutput> outputs) {
    return new FakeStudent(batch.whole(), outputs, outputs.keySet().stream().sorted().toList());
  }

  @Override
  public NDArray features(double scale) {
    return part.of(at(scale).features());
  }

  @Override
  public NDArray maps(double scale) {
    return part.of(at(scale).maps());
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
