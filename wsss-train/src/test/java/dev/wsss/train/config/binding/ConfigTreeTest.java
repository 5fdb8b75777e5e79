package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTreeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // mappings merge, other values replace
        "{a: {b: 1, c: 2}}                | {a: {c: 3, d: 4}}        | {a: {b: 1, c: 3, d: 4}}",
        "{a: [1, 2]}                      | {a: [3]}                 | {a: [3]}",
        "{a: {b: 1}}                      | {a: 2}                   | {a: 2}",
        "{a: 2}                           | {a: {b: 1}}              | {a: {b: 1}}",
        // a type that changes replaces its block, one that does not merges
        "{t: {type: ema, decay: 1}}       | {t: {type: copy}}        | {t: {type: copy}}",
        "{t: {type: ema, decay: 1}}       | {t: {type: ema, w: 2}}   | {t: {type: ema, decay: 1, w: 2}}",
        "{t: {type: ema, decay: 1}}       | {t: {w: 2}}              | {t: {type: ema, decay: 1, w: 2}}",
        // a block without type has the type of its name
        "{s: {rcm: {heat: 1}}}            | {s: {rcm: {type: own}}}  | {s: {rcm: {type: own}}}",
        "{s: {rcm: {heat: 1}}}            | {s: {rcm: {type: rcm}}}  | {s: {rcm: {heat: 1, type: rcm}}}",
        // null stays, as it must survive in patches
        "{s: {rcm: {heat: 1}, mam: {}}}   | {s: {rcm: null}}         | {s: {rcm: null, mam: {}}}",
        "{s: {rcm: null}}                 | {s: {rcm: {heat: 2}}}    | {s: {rcm: {heat: 2}}}",
      })
  void mergesByTheRules(String base, String patch, String expected) {
    assertThat(tree(base).merge(tree(patch))).isEqualTo(tree(expected));
  }

  @Test
  void mergingIsAssociativeForPatches() {
    ConfigTree base = tree("{s: {rcm: {w: 1}, mam: {w: 1}}, t: {type: ema, d: 1}}");
    ConfigTree first = tree("{s: {rcm: null}, t: {type: copy}}");
    ConfigTree second = tree("{s: {rcm: {w: 2}, mam: {w: 3}}}");

    assertThat(base.merge(first).merge(second)).isEqualTo(base.merge(first.merge(second)));
  }

  @Test
  void nullReadsAsAbsent() {
    ConfigTree tree = tree("{a: null, b: {c: null, d: 1}}");

    assertThat(tree.keys()).containsExactly("b");
    assertThat(tree.find("a")).isEmpty();
    assertThat(tree.text("b.c")).isEmpty();
    assertThat(tree.text("b.d")).contains("1");
  }

  @Test
  void takesPartsOut() {
    ConfigTree tree = tree("{base: x, axes: {rcm: {off: {}}}, seeds: [1]}");

    assertThat(tree.subtree("axes.rcm")).isEqualTo(tree("{off: {}}"));
    assertThat(tree.subtree("exclude")).isEqualTo(tree("{}"));
    assertThat(tree.without("axes.rcm")).isEqualTo(tree("{base: x, axes: {}, seeds: [1]}"));
    assertThat(tree.without("axes").without("none")).isEqualTo(tree("{base: x, seeds: [1]}"));
    assertThat(tree.only("seeds", "none")).isEqualTo(tree("{seeds: [1]}"));
    assertThatThrownBy(() -> tree.subtree("seeds"))
        .hasMessage("t.yaml:1:42: seeds: found a list; allowed is a mapping");
  }

  @Test
  void knowsWhereEachValueStands() {
    ConfigTree tree =
        tree("a:\n  b: 1\n  c: 2\n")
            .merge(ConfigTree.parse("a: {c: 3}", "patch.yaml"))
            .override("a.d=4");

    assertThat(tree.origin("a.b")).contains("t.yaml:2:6");
    assertThat(tree.origin("a.c")).contains("patch.yaml:1:8");
    assertThat(tree.origin("a.d")).contains("-o a.d=4");
    assertThat(tree.origin("a")).contains("patch.yaml:1:4");
    assertThat(tree.origin("a.e")).isEmpty();
  }

  @Test
  void overridesTakeAnyYaml() {
    assertThat(tree("{a: {b: 1}}").override("a.b=[1, {c: d}]"))
        .isEqualTo(tree("{a: {b: [1, {c: d}]}}"));
    assertThat(tree("{a: {b: 1}}").override("a.c=x=y")).isEqualTo(tree("{a: {b: 1, c: 'x=y'}}"));
    assertThat(tree("{a: {b: 1}}").override("a=null").keys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate | -o rate: found no '='; allowed is key=value, for example -o optimiser.rate=0.01",
        "a..b=1 | -o a..b=1: found the key 'a..b' with an empty part; allowed is key=value, for"
            + " example -o optimiser.rate=0.01",
        "=1 | -o =1: found the key '' with an empty part; allowed is key=value, for example -o"
            + " optimiser.rate=0.01",
        "a.b= | -o a.b=: a.b: found no value; write null to remove the key",
        "a=[1 | -o a=[1: not valid YAML: while parsing a flow sequence, expected ',' or ']', but"
            + " got <stream end>",
      })
  void badOverridesSayWhy(String assignment, String message) {
    assertThatThrownBy(() -> tree("{}").override(assignment))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{a: {}, b: [], c: null, d: ~}",
        "{a: [1, two, 3.5, null, true], b: [[1, 2], [3]], c: [{d: 1, e: {f: 2}}, {}]}",
        "{'1': a, 'null': b, 'a b': c, 'a: b': d, '': e}",
        "{a: 'true', b: '12', c: '~', d: '# no', e: '1e3', f: ' x ', g: '-', h: '[', i: 'ä'}",
        "{a: \"line\\nbreak \\\"quoted\\\" \\\\ \\t \\u0007\"}",
        "{a: [[[x]]], b: [[{c: [{d: 1}]}]]}",
        "{a: 5e-4, b: 0x1F, c: -.inf, d: 007}",
      })
  void writtenYamlReadsBackEqual(String yaml) {
    ConfigTree tree = tree(yaml);

    assertThat(tree(tree.toYaml())).isEqualTo(tree);
    assertThat(tree(tree.toYaml()).toYaml()).isEqualTo(tree.toYaml());
  }

  @Test
  void writesBlocks() {
    assertThat(tree("{a: {b: [1, x], c: {}}, d: [{e: 1, f: 2}], g: 'a b'}").toYaml())
        .isEqualTo(
            """
            a:
              b: [1, x]
              c: {}
            d:
              - e: 1
                f: 2
            g: "a b"
            """);
  }

  private static ConfigTree tree(String yaml) {
    return ConfigTree.parse(yaml, "t.yaml");
  }
}
