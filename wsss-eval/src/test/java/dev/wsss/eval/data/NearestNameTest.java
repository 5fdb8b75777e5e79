package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  @Test
  void insertionsDeletionsAndReplacementsCountOneAndCaseNothing() {
    assertThat(NearestName.edits("dog", "dog")).isZero();
    assertThat(NearestName.edits("Dog", "dOg")).isZero();
    assertThat(NearestName.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.edits("", "abc")).isEqualTo(3);
  }

  @Test
  void aFarNameIsNotSuggested() {
    List<String> classes = List.of("cat", "dog", "tvmonitor");
    assertThat(NearestName.hint("tv-monitor", classes)).isEqualTo("; did you mean 'tvmonitor'?");
    assertThat(NearestName.hint("cow", classes)).isEmpty();
    assertThat(NearestName.hint("x", List.of())).isEmpty();
  }
}
