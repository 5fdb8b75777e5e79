package org.example.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's lines for spark-submit name programs and the jar that are here, and arguments that these take. */
class ReadmeTest {
  @Test
  void everyLineStartsAProgramOfTheJarWithItsArguments() throws Exception {
    List<String> programs = new ArrayList<>();
    for (List<String> words : submitted()) {
      int jar = jar(words);
      assertThat(words.get(jar)).isEqualTo("examples/spark/target/" + System.getProperty("jar"));
      String program = words.get(words.indexOf("--class") + 1);
      Class.forName(program).getMethod("main", String[].class);
      String[] arguments = words.subList(jar + 1, words.size()).toArray(String[]::new);
      if (program.equals(AblateOnSpark.class.getName())) {
        assertThat(AblateOnSpark.Arguments.of(arguments).file()).endsWith(".yaml");
      } else {
        assertThat(LabelOnSpark.Arguments.of(arguments).model().toString()).endsWith(".onnx");
      }
      programs.add(program);
    }
    assertThat(programs)
        .containsExactly(AblateOnSpark.class.getName(), LabelOnSpark.class.getName());
  }

  @Test
  void missingArgumentsAreAnsweredWithAllOfThem() {
    assertThatThrownBy(() -> AblateOnSpark.Arguments.of("mine.yaml"))
        .hasMessage("usage: AblateOnSpark FILE FOLDER [KEY=VALUE...]");
    assertThatThrownBy(() -> LabelOnSpark.Arguments.of("model.onnx", "photographs"))
        .hasMessage("usage: LabelOnSpark MODEL PICTURES OUT [PNG_FOLDER]");
    assertThatThrownBy(() -> LabelOnSpark.Arguments.of("a", "b", "c", "d", "e"))
        .hasMessage("usage: LabelOnSpark MODEL PICTURES OUT [PNG_FOLDER]");
  }

  /** Options of spark-submit have a value each, and the jar comes after them. */
  private static int jar(List<String> words) {
    int at = 1;
    while (words.get(at).startsWith("--")) {
      at += 2;
    }
    return at;
  }

  private static List<List<String>> submitted() throws IOException {
    return Files.readString(Path.of("README.md"))
        .replaceAll("\\\\\\n\\s*", "")
        .lines()
        .filter(line -> line.startsWith("spark-submit "))
        .map(line -> Stream.of(line.split(" ")).toList())
        .toList();
  }
}
