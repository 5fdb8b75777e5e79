package dev.wsss.train.plugin;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.teacher.TeacherUpdate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An interface that modules implement.
 *
 * @param type the interface
 * @param keysBeside keys that stand beside the module's own in a configuration and are not its
 * @param takenNames names that no slot with such a module may have, because the run's log uses them
 * @param injectable what a constructor may take besides the module's configuration record
 */
public record Spi(
    Class<?> type, Set<String> keysBeside, Set<String> takenNames, List<Class<?>> injectable) {

  /** All of them; a module can implement no other interface. */
  public static final List<Spi> ALL =
      List.of(
          plain(SegmentationDataset.class),
          plain(Backbone.class, Kernels.class),
          plain(CamHead.class, FeatureSpec.class, ClassNames.class, Kernels.class),
          plain(
              SegmentationHead.class,
              FeatureSpec.class,
              FeatureLevels.class,
              ClassNames.class,
              Kernels.class),
          new Spi(
              SelfSupervision.class,
              Set.of("weight", "from-epoch", "from-step", "refine"),
              Set.of("classification", "total", "rate", "images-per-second", "data-wait-share"),
              List.of(ClassNames.class, TrainingShape.class)),
          plain(TeacherUpdate.class),
          plain(ClassificationLoss.class, ClassNames.class),
          new Spi(
              Optimiser.class,
              Set.of(
                  "rate",
                  "weight-decay",
                  "bias-rate-factor",
                  "bias-decay",
                  "new-layer-rate-factor",
                  "schedule",
                  "power",
                  "warm-up-steps",
                  "clip-norm"),
              Set.of(),
              List.of(LearningParameters.class)),
          plain(RateSchedule.class),
          plain(RunListener.class),
          plain(Metric.class),
          plain(PseudoLabelRefiner.class));

  private static Spi plain(Class<?> type, Class<?>... injectable) {
    return new Spi(type, Set.of(), Set.of(), List.of(injectable));
  }

  /** The SPI whose interface that is; empty where no module may implement it. */
  public static Optional<Spi> of(Class<?> type) {
    return ALL.stream().filter(spi -> spi.type == type).findFirst();
  }
}
