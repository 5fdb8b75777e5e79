package dev.wsss.mam;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;
import dev.wsss.mam.EquivariantAttention.NoTeacher;
import org.junit.jupiter.api.Nested;

final class EquivariantAttentionContractTest {

  /** A grid of one cell at the second look. */
  @Nested
  final class ThePapersScale extends Contract {
    ThePapersScale() {
      super(new SeamConfig(0.3, 1, 1, 0.2));
    }
  }

  @Nested
  final class Equivariance extends Contract {
    Equivariance() {
      super(new SeamConfig(0.5, 1, 0, 0.2));
    }
  }

  @Nested
  final class Correlation extends Contract {
    Correlation() {
      super(new SeamConfig(0.75, 0, 1, 0.4));
    }
  }

  @Nested
  final class BothOnAllPixels extends Contract {
    BothOnAllPixels() {
      super(new SeamConfig(0.5, 1, 5, 1));
    }
  }

  abstract static class Contract extends SelfSupervisionContract<NoTeacher> {
    private final SeamConfig config;

    Contract(SeamConfig config) {
      this.config = config;
    }

    @Override
    protected SelfSupervision<NoTeacher> module(ClassNames classes, TrainingShape shape) {
      return new EquivariantAttention(config);
    }
  }
}
