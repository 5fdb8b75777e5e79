package dev.wsss.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void whatIsLimitedOnTheWayIsTheNearestOfAll() {
    Random random = new Random(1);
    List<String> valid = random.ints(300, 0, 4000).mapToObj(Integer::toOctalString).toList();
    for (int i = 0; i < 200; i++) {
      String word = Integer.toOctalString(random.nextInt(4000));
      int limit = Math.max(1, word.length() / 3);
      Optional<String> nearest =
          valid.stream()
              .filter(name -> Spelling.distance(word, name) <= limit || isPart(word, name))
              .min(
                  Comparator.comparingInt((String name) -> Spelling.distance(word, name))
                      .thenComparing(Comparator.naturalOrder()));
      assertThat(Spelling.nearest(word, valid)).as(word).isEqualTo(nearest);
    }
  }

  private static boolean isPart(String word, String name) {
    return Math.min(word.length(), name.length()) >= 3
        && (word.contains(name) || name.contains(word));
  }

  @Test
  @Timeout(5)
  void wordsOfMegabytesAreNoMisspeltNames() {
    String word = "a".repeat(4_000_000);
    assertThat(Spelling.nearest(word, List.of("a".repeat(3_999_999)))).isEmpty();
    assertThat(Spelling.nearest("cat", List.of(word, "cat" + word, "bat"))).contains("bat");
  }

  @Test
  void aMissingFileIsTakenForItsNeighbour(@TempDir Path folder) throws IOException {
    Path model = Files.createFile(folder.resolve("model.onnx"));
    Files.createDirectory(folder.resolve("modle"));
    Path misspelt = folder.resolve("modle.onnx");

    assertThat(Spelling.suggestion(misspelt, Files::isRegularFile))
        .isEqualTo("; did you mean " + model + "?");
    assertThat(Spelling.suggestion(misspelt, Files::isDirectory))
        .isEqualTo("; did you mean " + folder.resolve("modle") + "?");
    assertThat(Spelling.suggestion(folder.resolve("other.jpg"), path -> true)).isEmpty();
    assertThat(Spelling.suggestion(folder.resolve("no/modle.onnx"), path -> true)).isEmpty();
  }
}
