package dev.wsss.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.optimiser.PolyConfig;
import dev.wsss.train.optimiser.SgdConfig;
import org.junit.jupiter.api.Test;

/** Keys of the time when optimiser and schedule were no modules mean what they meant. */
class OptimiserConfigTest {

  @Test
  void isSgdWithPolyUnlessItSaysOtherwise() {
    OptimiserConfig optimiser = optimiser("optimiser={rate: 0.2}");

    assertThat(optimiser.rate()).isEqualTo(0.2);
    assertThat(optimiser.module().type()).isEqualTo("sgd");
    assertThat(optimiser.module().config()).isEqualTo(new SgdConfig(0.9));
    assertThat(optimiser.schedule().type()).isEqualTo("poly");
    assertThat(optimiser.schedule().config()).isEqualTo(new PolyConfig(0.9));
  }

  @Test
  void keysOfTheModulesStandWhereTheyStood() {
    OptimiserConfig optimiser = optimiser("optimiser.momentum=0.5", "optimiser.power=2");

    assertThat(optimiser.module().config()).isEqualTo(new SgdConfig(0.5));
    assertThat(optimiser.schedule().config()).isEqualTo(new PolyConfig(2));
  }

  @Test
  void aScheduleIsANameOrATypeWithItsKeys() {
    assertThat(optimiser("optimiser.schedule=cosine").schedule().type()).isEqualTo("cosine");
    assertThat(optimiser("optimiser.schedule={type: poly, power: 3}").schedule().config())
        .isEqualTo(new PolyConfig(3));
    assertThat(optimiser("optimiser.schedule.power=4").schedule().config())
        .isEqualTo(new PolyConfig(4));
  }

  @Test
  void anUnknownScheduleIsToldWithTheKnownOnes() {
    assertThatThrownBy(() -> optimiser("optimiser.schedule=cosin"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "-o optimiser.schedule=cosin: optimiser.schedule.type: no RateSchedule is called"
                + " 'cosin'; known are constant, cosine, poly; did you mean 'cosine'?");
  }

  private static OptimiserConfig optimiser(String... overrides) {
    return SmallRuns.config(overrides).optimiser();
  }
}
