package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.TeacherView;
import java.util.Map;

/** A teacher whose outputs are given, by scale. */
public record FakeTeacher(Map<Double, CamOutput> outputs) implements TeacherView {

  @Override
  public NDArray features(double scale) {
    return at(scale).features();
  }

  @Override
  public NDArray maps(double scale) {
    return at(scale).maps();
  }

  private CamOutput at(double scale) {
    CamOutput output = outputs.get(scale);
    if (output == null) {
      throw new IllegalArgumentException(
          "the module asked for the teacher at scale " + scale + "; given are " + outputs.keySet());
    }
    return output;
  }
}
