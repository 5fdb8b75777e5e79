package dev.wsss.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "rate, rate, 0",
    "rate, '', 4",
    "rate, rat, 1",
    "rat, rate, 1",
    "rate, rare, 1",
    "rate, raet, 1",
    "rcm, mam, 2",
    "Dog, dOg, 0",
    "kitten, sitting, 3",
  })
  void distanceCountsEditsEitherWay(String a, String b, int edits) {
    assertThat(Spelling.distance(a, b)).isEqualTo(edits);
    assertThat(Spelling.distance(b, a)).isEqualTo(edits);
  }

  @Test
  void suggestsWhatIsNearAndNothingElse() {
    List<String> valid = List.of("rate", "momentum", "weight-decay", "temperature");

    assertThat(Spelling.nearest("weightDecay", valid)).contains("weight-decay");
    assertThat(Spelling.nearest("weight_decay", valid)).contains("weight-decay");
    assertThat(Spelling.nearest("temp", valid)).contains("temperature");
    assertThat(Spelling.nearest("learning-rate", valid)).contains("rate");
    assertThat(Spelling.nearest("RATE", valid)).contains("rate");
    assertThat(Spelling.nearest("lr", valid)).isEmpty();
    assertThat(Spelling.nearest("data", valid)).isEmpty();
  }

  @Test
  void aSuggestionEndsASentence() {
    List<String> classes = List.of("cat", "dog", "tvmonitor");

    assertThat(Spelling.suggestion("tv-monitor", classes)).isEqualTo("; did you mean 'tvmonitor'?");
    assertThat(Spelling.suggestion("cow", classes)).isEmpty();
    assertThat(Spelling.suggestion("x", List.of())).isEmpty();
  }

  @Test
  void ofTwoThatAreEquallyNearTheFirstInTheAlphabetIsSuggested() {
    assertThat(Spelling.nearest("bat", List.of("cat", "bad"))).contains("bad");
  }
}
