package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[1] | y:1:1: found a list; allowed is a mapping",
        "text | y:1:1: found 'text'; allowed is a mapping",
        "a: {b: 1,N  b: 2} | y:2:3: a.b: the key stands here twice, first at y:1:5; remove one",
        "a: {~: 2} | y:1:5: a: found a key that is no text; allowed is a name",
        "a: !mine 1 | y:1:4: a: found the tag !mine; tags are not supported",
        "a: &x {b: *x} | y:1:4: a.b: an alias of something that contains it",
        "a: 1N---Nb: 2 | y:2:1: not valid YAML: expected a single document in the stream, but"
            + " found another document",
      })
  void whatNoConfigurationMayHold(String yaml, String message) {
    assertThatThrownBy(() -> ConfigTree.parse(yaml.replace('N', '\n'), "y"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
