package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrecisionTest {
  private static final Device CPU = Device.cpu();

  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray x = manager.randomNormal(new Shape(3, 64));
  private final NDArray y = manager.randomNormal(new Shape(64, 5));

  @AfterEach
  void close() {
    manager.close();
  }

  /** bfloat16 has 8 bits of precision: the last values are rounded to them. */
  @Test
  void productsAreRoundedToBfloat16AndComeBackAsFloat32() {
    float[] exact = x.matMul(y).toFloatArray();
    NDArray product = Precision.BFLOAT16.during(CPU, () -> Precision.float32(x.matMul(y)));
    float[] mixed = product.toFloatArray();

    assertThat(product.getDataType()).isEqualTo(DataType.FLOAT32);
    for (int i = 0; i < exact.length; i++) {
      assertThat(mixed[i]).isCloseTo(exact[i], offset(0.15f));
      assertThat(Float.floatToIntBits(mixed[i]) & 0xffff).isZero();
    }
    assertThat(mixed).isNotEqualTo(exact);
  }

  @Test
  void gradientsFlowThroughTheConversion() {
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(
          Precision.BFLOAT16.during(CPU, () -> Precision.float32(x.matMul(y))).sum());
    }
    NDArray gradient = x.getGradient();
    NDArray expected = y.sum(new int[] {1}).broadcast(3, 64);

    assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(gradient.sub(expected).abs().max().getFloat()).isLessThan(0.1f);
  }

  @Test
  void whatFollowsIsExactAgainAlsoAfterAnError() {
    float[] exact = x.matMul(y).toFloatArray();

    assertThatThrownBy(
            () ->
                Precision.BFLOAT16.during(
                    CPU,
                    () -> {
                      throw new IllegalStateException("no tea");
                    }))
        .hasMessage("no tea");

    assertThat(Precision.now()).isEqualTo(Precision.FLOAT32);
    assertThat(x.matMul(y).toFloatArray()).isEqualTo(exact);
  }

  @Test
  void aPartMayBeExact() {
    float[] exact = x.matMul(y).toFloatArray();

    float[] inside =
        Precision.BFLOAT16.during(
            CPU,
            () -> {
              float[] found = Precision.FLOAT32.during(CPU, () -> x.matMul(y)).toFloatArray();
              assertThat(Precision.now()).isEqualTo(Precision.BFLOAT16);
              assertThat(x.matMul(y).getDataType()).isNotEqualTo(DataType.FLOAT32);
              return found;
            });

    assertThat(inside).isEqualTo(exact);
  }

  @Test
  void anotherThreadIsExact() {
    float[] exact = x.matMul(y).toFloatArray();

    float[] other =
        Precision.BFLOAT16.during(
            CPU, () -> CompletableFuture.supplyAsync(() -> x.matMul(y).toFloatArray()).join());

    assertThat(other).isEqualTo(exact);
  }

  /** The engine keeps converted weights while it is on; they must not outlive a step's update. */
  @Test
  void weightsThatChangeBetweenPassesAreReadAgain() {
    y.setRequiresGradient(true);
    NDArray before = Precision.BFLOAT16.during(CPU, () -> Precision.float32(x.matMul(y)));
    y.subi(y.stopGradient());
    NDArray after = Precision.BFLOAT16.during(CPU, () -> Precision.float32(x.matMul(y)));

    assertThat(before.abs().sum().getFloat()).isPositive();
    assertThat(after.abs().sum().getFloat()).isZero();
  }
}
