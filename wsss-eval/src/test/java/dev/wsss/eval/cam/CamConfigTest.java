package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CamConfigTest {
  @Test
  void refusesNoScale() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CamConfig(List.of(), true, 1))
        .withMessage("scales is empty; name at least one, such as [1]");
  }

  @Test
  void refusesARepeatedScale() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CamConfig(List.of(1.0, 1.0), true, 1))
        .withMessage("scales repeats a factor: [1.0, 1.0]");
  }

  @Test
  void refusesAScaleThatIsNoFactor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CamConfig(List.of(0.0), true, 1))
        .withMessage("scales holds 0.0; factors are above 0");
  }
}
