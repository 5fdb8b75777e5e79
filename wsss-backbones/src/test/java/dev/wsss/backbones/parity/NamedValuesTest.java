package dev.wsss.backbones.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Expected numbers are those of {@code noise} and {@code values} in parity.py. */
class NamedValuesTest {

  @Test
  void noiseIsThatOfPython() {
    assertThat(NamedValues.noise("conv1.weight", new Shape(3)))
        .containsExactly(-0.362950087f, 0.0901498795f, 0.490323424f);
  }

  @Test
  void eachKindOfParameterHasItsRange() {
    assertThat(NamedValues.of("conv1.weight", new Shape(1, 3), 0.5))
        .containsExactly(-0.256644458f, 0.0637455881f, 0.34671101f);
    assertThat(NamedValues.of("bn.weight", new Shape(2), 0.5))
        .containsExactly(0.999706268f, 1.01584995f);
    assertThat(NamedValues.of("bn.running_var", new Shape(2), 0.5))
        .containsExactly(0.892847896f, 1.36165905f);
    assertThat(NamedValues.of("bn.bias", new Shape(2), 0.5))
        .containsExactly(-0.0686698183f, -0.0955465883f);
  }
}
