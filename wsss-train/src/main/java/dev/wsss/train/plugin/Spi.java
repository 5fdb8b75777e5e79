package dev.wsss.train.plugin;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
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
 * @param keysOfSlot keys that stand beside the module's own in a configuration
 * @param injectable what a constructor may take besides the module's configuration record
 */
public record Spi(Class<?> type, Set<String> keysOfSlot, List<Class<?>> injectable) {

  /** All of them; a module can implement no other interface. */
  public static final List<Spi> ALL =
      List.of(
          new Spi(SegmentationDataset.class, Set.of(), List.of()),
          new Spi(Backbone.class, Set.of(), List.of()),
          new Spi(CamHead.class, Set.of(), List.of(FeatureSpec.class, ClassNames.class)),
          new Spi(
              SelfSupervision.class,
              Set.of("weight", "from-epoch", "from-step"),
              List.of(ClassNames.class, TrainingShape.class)),
          new Spi(TeacherUpdate.class, Set.of(), List.of()),
          new Spi(Metric.class, Set.of(), List.of()));

  /** The SPI whose interface that is; empty where no module may implement it. */
  public static Optional<Spi> of(Class<?> type) {
    return ALL.stream().filter(spi -> spi.type == type).findFirst();
  }
}
