package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.ParameterNames;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two channels of two pixels: 1 and 3; 10 and 30. */
class BatchNormTest {
  private NDManager manager;
  private NDArray input;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    input = manager.create(new float[] {1, 3, 10, 30}, new Shape(1, 2, 1, 2));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void trainedNormalisesEachChannelByThePassAndFollowsItByATenth() {
    BatchNorm norm = norm(BatchNormMode.TRAINED);

    NDArray output = forward(norm, true);

    // Means 2 and 20, biased variances 1 and 100, unbiased 2 and 200.
    assertThat(output.toFloatArray()).containsExactly(new float[] {-1, 1, -1, 1}, within(1e-5f));
    assertThat(values(norm, "running_mean")).containsExactly(new float[] {.2f, 2}, within(1e-6f));
    assertThat(values(norm, "running_var"))
        .containsExactly(new float[] {1.1f, 20.9f}, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void evaluationUsesTheLoadedStatisticsAndKeepsThem(BatchNormMode mode) {
    BatchNorm norm = normWithStatistics(mode);

    NDArray output = forward(norm, false);

    // (x − 1)/2·3 + 5 and (x − 10)/10·1 − 1.
    assertThat(output.toFloatArray()).containsExactly(new float[] {5, 8, -1, 1}, within(1e-4f));
    assertThat(values(norm, "running_mean")).containsExactly(1, 10);
    assertThat(values(norm, "running_var")).containsExactly(4, 100);
  }

  @ParameterizedTest
  @EnumSource(names = {"FROZEN", "FIXED_STATISTICS"})
  void trainingWithFixedStatisticsEqualsEvaluation(BatchNormMode mode) {
    BatchNorm norm = normWithStatistics(mode);

    assertThat(forward(norm, true)).isEqualTo(forward(norm, false));
    assertThat(values(norm, "running_mean")).containsExactly(1, 10);
    assertThat(values(norm, "running_var")).containsExactly(4, 100);
  }

  @ParameterizedTest
  @CsvSource({"FROZEN, false", "FIXED_STATISTICS, true", "TRAINED, true"})
  void scaleAndShiftLearnUnlessFrozenAndStatisticsNever(BatchNormMode mode, boolean learns) {
    Map<String, Parameter> parameters = ParameterNames.of(norm(mode));

    assertThat(parameters.keySet())
        .containsExactly("weight", "bias", "running_mean", "running_var");
    assertThat(parameters.get("weight").requiresGradient()).isEqualTo(learns);
    assertThat(parameters.get("bias").requiresGradient()).isEqualTo(learns);
    assertThat(parameters.get("running_mean").requiresGradient()).isFalse();
    assertThat(parameters.get("running_var").requiresGradient()).isFalse();
  }

  private BatchNorm norm(BatchNormMode mode) {
    BatchNorm norm = new BatchNorm(mode);
    norm.initialize(manager, DataType.FLOAT32, input.getShape());
    return norm;
  }

  private BatchNorm normWithStatistics(BatchNormMode mode) {
    BatchNorm norm = norm(mode);
    Map<String, Parameter> parameters = ParameterNames.of(norm);
    parameters.get("weight").getArray().set(new float[] {3, 1});
    parameters.get("bias").getArray().set(new float[] {5, -1});
    parameters.get("running_mean").getArray().set(new float[] {1, 10});
    parameters.get("running_var").getArray().set(new float[] {4, 100});
    return norm;
  }

  private NDArray forward(BatchNorm norm, boolean training) {
    return norm.forward(new ParameterStore(manager, false), new NDList(input), training)
        .singletonOrThrow();
  }

  private static float[] values(BatchNorm norm, String name) {
    return ParameterNames.of(norm).get(name).getArray().toFloatArray();
  }
}
