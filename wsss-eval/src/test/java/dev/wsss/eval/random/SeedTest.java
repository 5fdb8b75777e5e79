package dev.wsss.eval.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

  @Test
  void thePathToAPlaceDecidesItsNumbers() {
    Seed place = new Seed(7).with("order").with(3);
    assertThat(new Seed(7).with("order").with(3).generator().nextLong())
        .isEqualTo(place.generator().nextLong());
    assertThat(new Seed(7).with(3).with("order")).isNotEqualTo(place);
    assertThat(new Seed(7).with("odrer").with(3)).isNotEqualTo(place);
  }

  @Test
  void neighbouringPlacesShareNoNumbers() {
    Set<Long> numbers = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      for (long part = 0; part < 30; part++) {
        var random = new Seed(seed).with(part).generator();
        for (int i = 0; i < 10; i++) {
          numbers.add(random.nextLong());
        }
      }
    }
    assertThat(numbers).hasSize(9000);
  }

  @Test
  void firstNumbersOfNeighboursAreUncorrelated() {
    double sum = 0;
    double products = 0;
    double before = 0.5;
    for (long part = 0; part < 10_000; part++) {
      double draw = new Seed(1).with(part).generator().nextDouble();
      sum += draw;
      products += (draw - 0.5) * (before - 0.5);
      before = draw;
    }
    assertThat(sum / 10_000).isCloseTo(0.5, within(0.01));
    assertThat(products / 10_000 * 12).isCloseTo(0, within(0.04));
  }
}
