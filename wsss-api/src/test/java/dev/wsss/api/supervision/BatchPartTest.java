package dev.wsss.api.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.testing.FakeBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchPartTest {
  private NDManager manager;
  private Batch batch;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    batch = FakeBatch.of(manager, new int[][] {{0}, {0, 2}, {}, {1}}, 3, 2, 2);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givesItsRowsOfAnyArrayAndItsLabels() {
    BatchPart part = new BatchPart(batch, 1, 3);
    NDArray whole = manager.arange(8f).reshape(4, 2);

    assertThat(part.size()).isEqualTo(2);
    assertThat(part.of(whole).toFloatArray()).containsExactly(2, 3, 4, 5);
    assertThat(part.labels().toFloatArray()).containsExactly(1, 0, 1, 0, 0, 0);
    assertThat(batch.whole().of(whole).toFloatArray()).containsExactly(whole.toFloatArray());
  }

  @Test
  void givesItsPairsOfAnyArrayOfPairs() {
    NDArray pairs = manager.arange(4f);

    assertThat(new BatchPart(batch, 0, 1).ofPairs(pairs).toFloatArray()).containsExactly(0);
    assertThat(new BatchPart(batch, 1, 3).ofPairs(pairs).toFloatArray()).containsExactly(1, 2);
    assertThat(new BatchPart(batch, 3, 4).ofPairs(pairs).toFloatArray()).containsExactly(3);
    assertThat(new BatchPart(batch, 1, 4).present().image()).containsExactly(1, 1, 3);
  }

  @Test
  void refusesAnArrayThatIsNotOfTheWholeBatch() {
    BatchPart part = new BatchPart(batch, 1, 3);

    assertThatThrownBy(() -> part.of(manager.zeros(new Shape(2, 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an array of shape (2, 5) does not hold the 4 images of the batch");
    assertThatThrownBy(() -> part.ofPairs(manager.zeros(new Shape(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an array of shape (3) does not hold the 4 pairs of the batch");
  }

  @Test
  void refusesImagesThatAreNotInTheBatch() {
    assertThatThrownBy(() -> new BatchPart(batch, 2, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images 2 to 5 are no part of a batch of 4");
  }
}
