package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wsss.api.data.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static final List<Example> TRAIN =
      IntStream.range(0, 200)
          .mapToObj(i -> TestPictures.example(String.format("2007_%06d", i), i % 3))
          .toList();

  @Test
  void choosesTheRoundedShareInOrder() {
    List<Example> chosen = HeldOut.choose(TRAIN, 0.2, 1);
    assertThat(chosen).hasSize(40).isSubsetOf(TRAIN);
    assertThat(chosen).isSortedAccordingTo(java.util.Comparator.comparing(Example::id));
  }

  @Test
  void choosesTheSameWhateverTheOrderOfTheList() {
    List<Example> shuffled = new ArrayList<>(TRAIN);
    Collections.shuffle(shuffled, new Random(9));
    assertThat(HeldOut.choose(shuffled, 0.2, 1))
        .containsExactlyInAnyOrderElementsOf(HeldOut.choose(TRAIN, 0.2, 1));
  }

  @Test
  void keepsAPictureChosenWhenItsShareGrows() {
    assertThat(HeldOut.choose(TRAIN, 0.3, 1)).containsAll(HeldOut.choose(TRAIN, 0.1, 1));
  }

  @Test
  void choosesOthersForAnotherSeed() {
    List<Example> first = HeldOut.choose(TRAIN, 0.2, 1);
    List<Example> common = new ArrayList<>(HeldOut.choose(TRAIN, 0.2, 2));
    common.retainAll(first);
    assertThat(common.size()).isBetween(1, 20); // 8 expected by chance
  }

  @Test
  void drawsFromTheWholeList() {
    List<Integer> places = HeldOut.choose(TRAIN, 0.2, 1).stream().map(TRAIN::indexOf).toList();
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = quarter * 50;
      assertThat(places).as("quarter %d", quarter).anyMatch(i -> i >= from && i < from + 50);
    }
  }

  @Test
  void leavesAtLeastOnePictureOnEachSide() {
    assertThat(HeldOut.choose(TRAIN.subList(0, 3), 0.01, 1)).hasSize(1);
    assertThat(HeldOut.choose(TRAIN.subList(0, 3), 0.9, 1)).hasSize(2);
    assertThat(HeldOut.choose(TRAIN.subList(0, 1), 0.5, 1)).isEmpty();
    assertThat(HeldOut.choose(TRAIN, 0, 1)).isEmpty();
    assertThat(HeldOut.choose(TRAIN, 1, 1)).isEqualTo(TRAIN);
    assertThat(HeldOut.choose(List.of(), 0.5, 1)).isEmpty();
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeldOut.choose(TRAIN, 1.5, 1))
        .withMessage("a held-out share of 1.5; allowed are 0…1");
  }
}
