package dev.wsss.eval.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 | 0.0 0.2 0.4 0.6 0.8 1.0",
        "0 | 100 | 0 20 40 60 80 100",
        "0.0123 | 0.0481 | 0.01 0.02 0.03 0.04 0.05",
        "-3 | 4 | -4 -2 0 2 4",
        "7 | 7 | 2 4 6 8 10 12",
        "1e-7 | 3e-7 | 1.0e-07 1.5e-07 2.0e-07 2.5e-07 3.0e-07",
        "2e5 | 9e5 | 2.0e+05 4.0e+05 6.0e+05 8.0e+05 1.0e+06",
      })
  void areRoundNumbersAroundTheRange(double low, double high, String expected) {
    Ticks ticks = Ticks.around(low, high);
    assertThat(ticks.values().stream().map(ticks::label).toList())
        .isEqualTo(List.of(expected.split(" ")));
    assertThat(ticks.place(low)).isBetween(0.0, 1.0);
    assertThat(ticks.place(high)).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1 | 1 | 1", "1 | 3 | 1 2 3", "1 | 15 | 5 10 15", "1 | 1000 | 200 400 600 800 1000"})
  void ofEpochsAreWholeNumbers(double low, double high, String expected) {
    Ticks ticks = Ticks.whole(low, high);
    assertThat(ticks.values().stream().map(ticks::label).toList())
        .isEqualTo(List.of(expected.split(" ")));
  }
}
