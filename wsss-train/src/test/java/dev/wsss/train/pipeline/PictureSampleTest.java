package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures are written as their labels: "02" has classes 0 and 2, "-" none. */
class PictureSampleTest {

  @Test
  void takesOneOfEachPartWithAClassThatWasShownLeast() {
    assertThat(sample(4, "0", "1", "0", "1", "0", "1", "0", "2"))
        .as("class 2 is the rarer one in the last part")
        .containsExactly("0 0", "3 1", "4 0", "7 2");
    assertThat(sample(3, "0", "0", "02", "1", "1", "02")).containsExactly("0 0", "2 02", "4 1");
    assertThat(sample(2, "-", "0", "-", "-")).containsExactly("1 0", "2 -");
  }

  @Test
  void takesAllWhereThereAreNoMore() {
    assertThat(sample(12, "0", "0", "-")).containsExactly("0 0", "1 0", "2 -");
    assertThat(sample(12)).isEmpty();
  }

  /** Names of the chosen ones: place and labels. */
  private static List<String> sample(int most, String... labels) {
    List<Example> split = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      BitSet classes = new BitSet();
      labels[i].chars().filter(Character::isDigit).forEach(digit -> classes.set(digit - '0'));
      split.add(new Example(i + " " + labels[i], classes));
    }
    return PictureSample.of(split, most).stream().map(Example::id).toList();
  }
}
