package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says of configurations, by the schema that {@code wsss schema} prints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaCommandTest {
  private final StringWriter out = new StringWriter();
  private JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema("true");

  static Stream<Path> builtIn() throws IOException {
    Path folder = SharedFiles.repository().resolve("wsss-train/src/main/resources/wsss/configs");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @BeforeAll
  void print() {
    Terminal terminal =
        new Terminal(
            new PrintWriter(out), new PrintWriter(new StringWriter()), Terminal.Kind.PLAIN);
    assertThat(new Wsss(terminal, getClass().getClassLoader(), "").run("schema")).isZero();
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(out.toString());
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void takesWhatComesWithTheProgram(Path file) throws IOException {
    assertThat(problems(Files.readString(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network: {head: {type: projected, prior: %s}}",
        "network: {head: {prior: %s}}",
        "optimiser: {rate: %s}",
        "optimiser: {type: sgd, rate: %s}",
        "training: {epochs: %s}",
        "training: {batch: %s}",
        "cams: {scales: %s}"
      })
  void aKeyThatIsDerivedTakesTheWordAndNoOther(String yaml) {
    String plain = yaml.contains("scales") ? "[0.5, 1]" : yaml.contains("prior") ? "0.5" : "1";
    assertThat(problems(yaml.formatted("from-data"))).isEmpty();
    assertThat(problems(yaml.formatted("null"))).isEmpty();
    assertThat(problems(yaml.formatted(plain))).isEmpty();
    assertThat(problems(yaml.formatted("from-date"))).isNotEmpty();
    assertThat(problems(yaml.formatted(yaml.contains("scales") ? "[-1]" : "-1"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training: {seed: from-data}",
        "optimiser: {weight-decay: from-data}",
        "cams: {flip: from-data}",
        "augmentation: {crop: from-data}",
        "cams: {scales: [from-data]}"
      })
  void otherKeysDoNot(String yaml) {
    assertThat(problems(yaml)).isNotEmpty();
    assertThat(problems(yaml)).allMatch(problem -> !problem.contains("additional"));
  }

  @Test
  void aKeyThatIsDerivedKeepsItsTextAndDefault() {
    assertThat(out.toString()).contains("\"const\": \"from-data\"");
    assertThat(
            schema
                .getSchemaNode()
                .at("/properties/training/properties/epochs/description")
                .asText())
        .isNotEmpty();
  }

  private List<String> problems(String yaml) {
    return schema.validate(yaml, InputFormat.YAML).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
