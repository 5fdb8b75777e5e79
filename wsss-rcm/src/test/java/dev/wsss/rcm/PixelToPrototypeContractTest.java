package dev.wsss.rcm;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;
import dev.wsss.rcm.PixelToPrototype.Targets;
import org.junit.jupiter.api.Nested;

final class PixelToPrototypeContractTest {

  @Nested
  final class Defaults extends Contract {
    Defaults() {
      super(new PixelToPrototypeConfig(0.5, 0.2, 32, 10, 1, 1, 0, 128));
    }
  }

  @Nested
  final class IntraViewAlone extends Contract {
    IntraViewAlone() {
      super(new PixelToPrototypeConfig(0.75, 0.5, 3, 10, 0, 0, 1, 0));
    }
  }

  /** A grid of one cell at the second view. */
  @Nested
  final class TheAuthorsScale extends Contract {
    TheAuthorsScale() {
      super(new PixelToPrototypeConfig(0.3, 0.2, 1, 10, 0.5, 2, 1, 0));
    }
  }

  abstract static class Contract extends SelfSupervisionContract<Targets> {
    private final PixelToPrototypeConfig config;

    Contract(PixelToPrototypeConfig config) {
      this.config = config;
    }

    @Override
    protected SelfSupervision<Targets> module(ClassNames classes, TrainingShape shape) {
      return new PixelToPrototype(config);
    }
  }
}
