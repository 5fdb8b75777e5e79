package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.WeightsException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch 1.13 and numpy 1.24 wrote, by {@code examples/parity/weights.py}. */
class WeightsFixturesTest {

  @ParameterizedTest
  @CsvSource({"state.pth, PyTorch", "wrapped.pth, PyTorch", "legacy.pth, PyTorch before 1.6"})
  void aStateIsReadWhateverItsTypesStridesAndWrapping(String name, String format) {
    WeightsFile file = open(name);

    assertThat(file.format()).isEqualTo(format);
    assertThat(file.shapes())
        .hasToString(
            "{rows=(4, 6), transposed=(6, 4), part=(2, 3), every_second=(2, 2), half=(2),"
                + " bfloat16=(2), double=(1), num_batches_tracked=(), empty=(0, 3)}");
    assertThat(file.values("rows")).startsWith(0, 1, 2, 3, 4, 5, 6).hasSize(24);
    assertThat(file.values("transposed")).startsWith(0, 6, 12, 18, 1, 7).hasSize(24);
    assertThat(file.values("part")).containsExactly(8, 9, 10, 14, 15, 16);
    assertThat(file.values("every_second")).containsExactly(0, 3, 12, 15);
    assertThat(file.values("half")).containsExactly(1.5f, -2);
    assertThat(file.values("bfloat16")).containsExactly(1.5f, -2);
    assertThat(file.values("double")).containsExactly(0.1f);
    assertThat(file.values("empty")).isEmpty();
    assertThat(file.type("num_batches_tracked")).isEqualTo("I64");
  }

  @Test
  void parametersOfAModelAreTensors() {
    WeightsFile file = open("parameters.pth");

    assertThat(file.values("weight")).containsExactly(1, 2);
    assertThat(file.values("bias")).containsExactly(3);
  }

  @Test
  void arraysOfNumpyAreReadInBothOrders() {
    WeightsFile file = open("arrays.npz");

    assertThat(file.format()).isEqualTo("npz");
    assertThat(file.values("rows")).startsWith(0, 1, 2).hasSize(24);
    assertThat(file.values("transposed")).startsWith(0, 6, 12, 18, 1).hasSize(24);
    assertThat(file.values("half")).containsExactly(1.5f, -2);
    assertThat(file.values("scalar")).containsExactly(0.25f);
    assertThat(file.shapes()).containsEntry("scalar", new Shape());
    assertThat(file.type("counter")).isEqualTo("I64");
  }

  @Test
  void aWholeModelIsRefusedByTheNameOfItsClass() {
    assertSays(
        "whole.pth",
        " cannot be read: data.pkl in it is refused: it names torch.nn.modules.linear.Linear, which"
            + " is never built. Only tensors, texts, numbers, lists and dictionaries are read. In"
            + " Python, save the network's state alone: torch.save(model.state_dict(), FILE)");
  }

  @Test
  void aProgramOfTorchScriptIsRefused() {
    assertSays(
        "script.pt",
        " is a program of TorchScript (torch.jit.save), and programs are not run; in Python, save"
            + " its state alone: torch.save(torch.jit.load(FILE, 'cpu').state_dict(), NEW)");
  }

  private static void assertSays(String name, String message) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights " + path(name) + message);
  }

  private static WeightsFile open(String name) {
    return WeightsFile.open(path(name));
  }

  static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(WeightsFixturesTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
