package dev.wsss.train.ablation;

import static dev.wsss.train.ablation.FakeRuns.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShardTest {
  private final FakeRuns runs = new FakeRuns();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/3|there is no share 0; they count from 1, so allowed are 1/3 to 3/3; did you mean '1/3'?",
        "4/3|there is no share 4; they count from 1, so allowed are 1/3 to 3/3; did you mean '3/3'?",
        "-1/2|there is no share -1; they count from 1, so allowed are 1/2 to 2/2; did you mean '1/2'?",
        "1/0|there are 0 shares; allowed is 1 or more, for example 1/3",
        "x|is not of the form i/n, the i-th of n shares counted from 1; for example 1/3",
        "2|is not of the form i/n, the i-th of n shares counted from 1; for example 1/3",
        "1/2/3|is not of the form i/n, the i-th of n shares counted from 1; for example 1/3",
        "1/9999999999|is not of the form i/n, the i-th of n shares counted from 1; for example 1/3"
      })
  void whatIsNoShareIsRefused(String text, String message) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void blanksDoNotMatter() {
    assertThat(Shard.parse(" 2 / 3")).isEqualTo(new Shard(2, 3)).hasToString("2/3");
  }

  @Test
  void everyRunFallsToOneShareAndSharesDifferByOneRunAtMost() {
    for (int count = 0; count <= 25; count++) {
      List<Standing> all = distinct(count);
      for (int of = 1; of <= 9; of++) {
        List<Standing> dealt = new ArrayList<>();
        for (int number = 1; number <= of; number++) {
          List<Standing> mine = new Shard(number, of).of(all);
          assertThat(mine)
              .as("%d/%d of %d", number, of, count)
              .hasSizeBetween(count / of, (count + of - 1) / of);
          dealt.addAll(mine);
        }
        assertThat(dealt).containsExactlyInAnyOrderElementsOf(all);
      }
    }
  }

  @Test
  void withAsManySharesAsCellsNoShareGetsOneCellWithEverySeed() {
    List<Standing> all = distinct(12);
    assertThat(new Shard(1, 4).of(all)).containsExactly(all.get(0), all.get(7), all.get(10));
    assertThat(new Shard(4, 4).of(all)).containsExactly(all.get(3), all.get(6), all.get(9));
  }

  @Test
  void equalRunsFallToOneShareWhateverIsDone() {
    List<Standing> all =
        List.of(
            standing(planned("a", 1, 1), false),
            standing(planned("b", 1, 2), false),
            standing(planned("c", 1, 1), true),
            standing(planned("d", 1, 3), true));
    assertThat(new Shard(1, 2).of(all)).containsExactly(all.get(0), all.get(2));
    assertThat(new Shard(2, 2).of(all)).containsExactly(all.get(1), all.get(3));
  }

  private List<Standing> distinct(int count) {
    List<Standing> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(standing(planned("cell" + i, 1, i + 1), i % 3 == 0));
    }
    return all;
  }

  private Standing standing(PlannedRun run, boolean isDone) {
    return new Standing(
        run,
        runs.identity(run),
        Optional.empty(),
        isDone ? Optional.of(FakeRuns.result(0.5)) : Optional.empty(),
        isDone,
        false);
  }
}
