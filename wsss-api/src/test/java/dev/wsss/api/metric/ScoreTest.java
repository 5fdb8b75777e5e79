package dev.wsss.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.wsss.api.data.ClassNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  private static Score of(Double... perClass) {
    return new Score("miou", "oracle", 0.3, 0.5, List.of(perClass));
  }

  @Test
  void numbersAreNamedByTheirClassWithBackgroundWhereItCounts() {
    assertThat(of(0.9, 0.2, Double.NaN).byClass(CLASSES))
        .containsExactly(entry("background", 0.9), entry("cat", 0.2), entry("dog", Double.NaN));
    assertThat(of(0.2, 0.3).byClass(CLASSES)).containsExactly(entry("cat", 0.2), entry("dog", 0.3));
    assertThat(of().byClass(CLASSES)).isEmpty();
  }

  @Test
  void anotherNumberOfNumbersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(0.1).byClass(CLASSES))
        .withMessage("1 numbers by class; there are 2 classes, or 3 with background");
  }
}
