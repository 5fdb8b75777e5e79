package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrototypeMemoryTest {

  @Test
  void keepsTheLatestOfEachClassAndSkipsZeros() {
    PrototypeMemory memory = new PrototypeMemory(2, 2);

    // Two images of two classes and two channels each; then one more.
    memory.remember(new float[] {1, 0, /**/ 0, 1, /* second image: */ 0, 0, /**/ 1, 0}, 2);
    memory.remember(new float[] {0, 1, /**/ -1, 0}, 2);

    assertThat(memory.means(2)).containsExactly(0.5f, 0.5f, /* (1,0) and (−1,0): */ 0, 0);
    assertThat(memory.state().get("counts")).containsExactly(2, 2);
    assertThat(memory.state().get("prototypes")).containsExactly(1, 0, 0, 1, 1, 0, -1, 0);
  }

  @Test
  void aClassNeverSeenHasTheZeroVector() {
    assertThat(new PrototypeMemory(2, 2).means(3)).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test
  void restoredMemoryGoesOnAsTheFirst() {
    PrototypeMemory first = new PrototypeMemory(2, 2);
    first.remember(new float[] {1, 0, 0, 0}, 2);
    first.remember(new float[] {0, 1, 0, 0}, 2);
    PrototypeMemory second = new PrototypeMemory(2, 2);
    second.remember(new float[] {9, 9, 9, 9}, 2);

    second.restore(first.state());
    first.remember(new float[] {3, 0, 0, 5}, 2);
    second.remember(new float[] {3, 0, 0, 5}, 2);

    assertThat(second.means(2)).containsExactly(first.means(2));
    assertThat(second.means(2)).containsExactly(1.5f, 0.5f, 0, 5);
  }

  @Test
  void emptyMemoryHasNoStateAndRestoresFromNone() {
    PrototypeMemory memory = new PrototypeMemory(2, 2);
    assertThat(memory.state()).isEmpty();

    memory.remember(new float[] {1, 1}, 1);
    memory.restore(Map.of());

    assertThat(memory.state()).isEmpty();
  }

  @Test
  void stateOfOtherClassesIsAnError() {
    PrototypeMemory ofTwenty = new PrototypeMemory(21, 2);
    ofTwenty.remember(new float[21], 1);
    float[] all = new float[21];
    all[20] = 1;
    ofTwenty.remember(all, 1);

    assertThatThrownBy(() -> new PrototypeMemory(3, 2).restore(ofTwenty.state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rcm's memory was saved for 20 classes and background, but this run has 2");
  }

  @Test
  void stateOfAnotherKindIsAnError() {
    assertThatThrownBy(() -> new PrototypeMemory(3, 2).restore(Map.of("velocity", new float[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rcm's memory needs 'counts' and 'prototypes', found [velocity]");
  }

  @Test
  void damagedStateIsAnErrorAndChangesNothing() {
    assertDamaged(
        new float[] {0, 0}, new float[] {}, "0 numbers are no 0 prototypes of one length");
    assertDamaged(new float[] {2, 1}, new float[4], "4 numbers are no 3 prototypes of one length");
    assertDamaged(
        new float[] {1, 0}, new float[] {}, "0 numbers are no 1 prototypes of one length");
    assertDamaged(new float[] {Float.NaN, 1}, new float[2], "NaN is no number of prototypes");
    assertDamaged(new float[] {-1, 2}, new float[2], "-1.0 is no number of prototypes");
    assertDamaged(new float[] {0.5f, 1}, new float[2], "0.5 is no number of prototypes");
    assertDamaged(new float[] {1e30f, 1}, new float[2], "1.0E30 is no number of prototypes");
  }

  private static void assertDamaged(float[] counts, float[] prototypes, String why) {
    PrototypeMemory memory = new PrototypeMemory(2, 2);
    memory.remember(new float[] {1, 2, 3, 4}, 2);

    assertThatThrownBy(() -> memory.restore(Map.of("counts", counts, "prototypes", prototypes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rcm's memory is damaged: " + why);
    assertThat(memory.means(2)).containsExactly(1, 2, 3, 4);
  }
}
