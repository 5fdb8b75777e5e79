package dev.wsss.train.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CellGridTest {
  private static final Map<String, List<String>> TWO_BY_TWO = axes();

  private static Map<String, List<String>> axes() {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    axes.put("rcm", List.of("off", "on"));
    axes.put("mam", List.of("off", "on"));
    return axes;
  }

  private static List<String> names(List<Cell> cells) {
    return cells.stream().map(Cell::name).toList();
  }

  @Test
  void namesCellsByTheirLevelsAndVariesTheFirstAxisFastest() {
    assertThat(names(CellGrid.cells(TWO_BY_TWO, List.of(), Map.of())))
        .containsExactly("rcm=off,mam=off", "rcm=on,mam=off", "rcm=off,mam=on", "rcm=on,mam=on");
  }

  @Test
  void givenNamesReplaceTheDefaultOnesWhateverTheOrderOfTheirAxes() {
    List<Cell> cells =
        CellGrid.cells(TWO_BY_TWO, List.of(), Map.of("full", Map.of("mam", "on", "rcm", "on")));
    assertThat(names(cells))
        .containsExactly("rcm=off,mam=off", "rcm=on,mam=off", "rcm=off,mam=on", "full");
    assertThat(cells.get(3).levels()).isEqualTo(Map.of("rcm", "on", "mam", "on"));
  }

  @Test
  void anExclusionOfOneAxisLeavesOutAllItsCells() {
    assertThat(names(CellGrid.cells(TWO_BY_TWO, List.of(Map.of("rcm", "off")), Map.of())))
        .containsExactly("rcm=on,mam=off", "rcm=on,mam=on");
  }

  @Test
  void noAxisIsOneCell() {
    assertThat(names(CellGrid.cells(Map.of(), List.of(), Map.of()))).containsExactly("only");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    Map<String, List<String>> axes = new LinkedHashMap<>(TWO_BY_TWO);
    axes.put("decay", List.of());
    axes.put("rate", List.of("0.1", "a/b"));
    Map<String, Map<String, String>> names = new LinkedHashMap<>();
    names.put("../up", Map.of("rcm", "on", "mam", "on", "decay", "x", "rate", "0.1"));
    names.put("half", Map.of("rcm", "on"));
    assertThatThrownBy(
            () ->
                CellGrid.cells(
                    axes, List.of(Map.of("mma", "on"), Map.of("mam", "onn"), Map.of()), names))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            """
            axes.decay: has no levels; give at least one, such as 'on: {}'
            axes.rate: 'a/b' cannot be part of a folder's name; use letters, digits and . _ + -
            exclude: there is no axis 'mma'; known: rcm, mam, decay, rate
            exclude: axis 'mam' has no level 'onn'; known: off, on
            exclude: a combination names no axis; known: rcm, mam, decay, rate
            names.../up: cannot be a folder's name; use letters, digits and . _ = , + -
            names.../up: axis 'decay' has no level 'x'; known: none
            names.half: says no level of axis 'mam'; a name needs one of every axis
            names.half: says no level of axis 'decay'; a name needs one of every axis
            names.half: says no level of axis 'rate'; a name needs one of every axis
            exclude: leaves no cell to run""");
  }

  @Test
  void twoNamesOfOneCellAreAMistake() {
    Map<String, Map<String, String>> names = new LinkedHashMap<>();
    names.put("a", Map.of("rcm", "on", "mam", "on"));
    names.put("b", Map.of("mam", "on", "rcm", "on"));
    assertThatThrownBy(() -> CellGrid.cells(TWO_BY_TWO, List.of(), names))
        .hasMessage("names.b: is the same combination as 'a'");
  }

  @Test
  void aNameOfAnExcludedCellIsAMistake() {
    assertThatThrownBy(
            () ->
                CellGrid.cells(
                    TWO_BY_TWO,
                    List.of(Map.of("rcm", "on", "mam", "on")),
                    Map.of("full", Map.of("rcm", "on", "mam", "on"))))
        .hasMessage("names.full: names a combination that 'exclude' leaves out");
  }

  @Test
  void aNameThatAnotherCellHasByDefaultIsAMistake() {
    assertThatThrownBy(
            () ->
                CellGrid.cells(
                    TWO_BY_TWO,
                    List.of(),
                    Map.of("rcm=on,mam=on", Map.of("rcm", "off", "mam", "off"))))
        .hasMessage("names.rcm=on,mam=on: two cells have this name");
  }

  @Test
  void aGridThatFillsTheMemoryIsNotBuilt() {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      axes.put("axis-" + i, List.of("a", "b", "c", "d"));
    }
    axes.put("rate", List.of("a", "b", "c", "d", "e"));

    assertThatThrownBy(() -> CellGrid.cells(axes, List.of(), Map.of()))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            "axes: have 83886080 combinations; allowed are at most 10000, whatever 'exclude' leaves"
                + " out; take levels away, the most are rate with 5, axis-0 with 4, axis-1 with"
                + " 4");
  }
}
