package dev.wsss.rcm;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;
import dev.wsss.rcm.RcmConfig.EmptyMaps;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import dev.wsss.rcm.RcmConfig.ThresholdRule;
import dev.wsss.rcm.RegionalContrast.Regions;
import java.util.List;
import org.junit.jupiter.api.Nested;

final class RegionalContrastContractTest {
  private static final List<Double> NOTHING = List.of(0.0, 0.0);

  @Nested
  final class Batch extends Contract {
    Batch() {
      super(PrototypePooling.BATCH);
    }
  }

  @Nested
  final class LeaveOneOut extends Contract {
    LeaveOneOut() {
      super(PrototypePooling.LEAVE_ONE_OUT);
    }
  }

  @Nested
  final class Memory extends Contract {
    Memory() {
      super(PrototypePooling.MEMORY);
    }
  }

  @Nested
  final class IgnoringEmptyMaps extends Contract {
    IgnoringEmptyMaps() {
      super(PrototypePooling.BATCH, EmptyMaps.IGNORE);
    }
  }

  @Nested
  final class Otsu extends Contract {
    Otsu() {
      super(ThresholdRule.OTSU, List.of(0.1, 0.1));
    }
  }

  @Nested
  final class Share extends Contract {
    Share() {
      super(ThresholdRule.SHARE, NOTHING);
    }
  }

  @Nested
  final class Projected extends Contract {
    Projected() {
      super(PrototypePooling.MEMORY, EmptyMaps.BACKGROUND, ThresholdRule.FIXED, NOTHING, 5);
    }
  }

  abstract static class Contract extends SelfSupervisionContract<Regions> {
    private final PrototypePooling pooling;
    private final EmptyMaps emptyMaps;
    private final ThresholdRule rule;
    private final List<Double> ignore;
    private final int projection;

    Contract(PrototypePooling pooling) {
      this(pooling, EmptyMaps.BACKGROUND);
    }

    Contract(PrototypePooling pooling, EmptyMaps emptyMaps) {
      this(pooling, emptyMaps, ThresholdRule.FIXED, NOTHING, 0);
    }

    Contract(ThresholdRule rule, List<Double> ignore) {
      this(PrototypePooling.BATCH, EmptyMaps.BACKGROUND, rule, ignore, 0);
    }

    private Contract(
        PrototypePooling pooling,
        EmptyMaps emptyMaps,
        ThresholdRule rule,
        List<Double> ignore,
        int projection) {
      this.pooling = pooling;
      this.emptyMaps = emptyMaps;
      this.rule = rule;
      this.ignore = ignore;
      this.projection = projection;
    }

    @Override
    protected SelfSupervision<Regions> module(ClassNames classes, TrainingShape shape) {
      return new RegionalContrast(
          new RcmConfig(
              0.3,
              rule,
              0.75,
              ignore,
              2,
              pooling,
              3,
              emptyMaps,
              List.of(0.5, 1.0, 2.0),
              projection),
          classes,
          shape);
    }
  }
}
