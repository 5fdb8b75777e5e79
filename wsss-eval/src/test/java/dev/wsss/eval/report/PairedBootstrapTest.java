package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedBootstrapTest {
  private final PairedBootstrap bootstrap = new PairedBootstrap(10_000, 0.95, 1);

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void spansAllDifferencesOfUpToThreePairs(int pairs) {
    double[] baseline = new double[pairs];
    double[] treated = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      treated[i] = i - 0.5;
    }
    PairedDifference difference = bootstrap.compare(baseline, treated);
    assertThat(difference.bootstrap().low()).isEqualTo(-0.5);
    assertThat(difference.bootstrap().high()).isEqualTo(pairs - 1.5);
  }

  @Test
  void isNarrowerThanAllDifferencesOfMorePairs() {
    double[] treated = {0, 1, 2, 3, 4, 5};
    PairedDifference.Interval interval = bootstrap.compare(new double[6], treated).bootstrap();
    assertThat(interval.low()).isBetween(0.8, 1.4);
    assertThat(interval.high()).isBetween(3.6, 4.2);
  }

  @Test
  void agreesWithTheNormalTheoryOfManyPairs() {
    Random random = new Random(4);
    double[] treated = random.doubles(400).map(u -> u + 0.1).toArray();
    PairedDifference difference = bootstrap.compare(new double[400], treated);
    assertThat(difference.bootstrap().low()).isCloseTo(difference.student().low(), within(3e-3));
    assertThat(difference.bootstrap().high()).isCloseTo(difference.student().high(), within(3e-3));
  }

  @Test
  void comparesWithinPairs() {
    // What a seed does to both cancels.
    PairedDifference difference =
        bootstrap.compare(new double[] {1, 20, 300}, new double[] {2, 21, 301});
    assertThat(difference)
        .isEqualTo(
            new PairedDifference(
                3, 1, new PairedDifference.Interval(1, 1), new PairedDifference.Interval(1, 1)));
  }

  @Test
  void repeatsItselfWhateverTheOrderOfPairs() {
    PairedDifference one = bootstrap.compare(new double[5], new double[] {1, 2, 3, 5, 8});
    PairedDifference other = bootstrap.compare(new double[5], new double[] {8, 3, 1, 2, 5});
    assertThat(other.bootstrap()).isEqualTo(one.bootstrap());
  }

  @Test
  void givesTheTIntervalOfAHandComputedCase() {
    // Mean 2, deviation 1, t(0.975, 2) = 4.302653: 2 ± 4.302653 / √3.
    PairedDifference difference = bootstrap.compare(new double[3], new double[] {1, 2, 3});
    assertThat(difference.mean()).isEqualTo(2);
    assertThat(difference.student().low()).isCloseTo(2 - 2.4841377, within(1e-6));
    assertThat(difference.student().high()).isCloseTo(2 + 2.4841377, within(1e-6));
  }

  @Test
  void givesNoIntervalOfOnePairAndNothingOfNone() {
    PairedDifference one = bootstrap.compare(new double[] {1}, new double[] {3});
    assertThat(one.mean()).isEqualTo(2);
    assertThat(one.bootstrap().low()).isNaN();
    assertThat(one.student().isAboveZero()).isFalse();
    PairedDifference none = bootstrap.compare(new double[0], new double[0]);
    assertThat(none.pairs()).isZero();
    assertThat(none.mean()).isNaN();
  }

  @Test
  void refusesUnpairedValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bootstrap.compare(new double[2], new double[3]))
        .withMessage("2 values cannot be paired with 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedBootstrap(0, 1.5, 1))
        .withMessage("0 draws at confidence 1.5; at least 1, and between 0 and 1");
  }

  @ParameterizedTest // printed tables of the t distribution
  @CsvSource({
    "0.95, 1, 12.706205", "0.95, 2, 4.302653", "0.95, 3, 3.182446", "0.95, 4, 2.776445",
    "0.95, 9, 2.262157", "0.95, 30, 2.042272", "0.99, 2, 9.924843", "0.90, 5, 2.015048"
  })
  void knowsStudentsT(double confidence, int freedom, double expected) {
    assertThat(StudentT.quantile(confidence, freedom)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void dividesTheDeviationByOneLess() {
    assertThat(MeanDeviation.of(1, 2, 3)).isEqualTo(new MeanDeviation(2, 1, 3));
    assertThat(MeanDeviation.of(5)).isEqualTo(new MeanDeviation(5, Double.NaN, 1));
    assertThat(MeanDeviation.of()).isEqualTo(new MeanDeviation(Double.NaN, Double.NaN, 0));
  }
}
