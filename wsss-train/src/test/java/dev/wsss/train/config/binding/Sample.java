package dev.wsss.train.config.binding;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration with every kind of key, and modules for it. */
final class Sample {

  private Sample() {}

  record Run(
      @Doc("Data set.") Choice<SegmentationDataset> data,
      @Doc("Slots of self-supervision.") Map<String, Slot> selfSupervision,
      @Doc(value = "Teacher.", byDefault = "{type: ema}") Choice<TeacherUpdate> teacher,
      @Doc("Optimiser.") Optimiser optimiser,
      @Doc(value = "Scales.", byDefault = "[0.5, 1.0]", min = 0.1, max = 4) List<Double> scales,
      @Doc("Notes.") Optional<String> note,
      @Doc(value = "Teachers by name.", byDefault = "{ema: {}, copy: {}}")
          Map<String, Choice<TeacherUpdate>> teachers,
      @Doc("Patches.") Map<String, Map<String, ConfigTree>> axes) {}

  record Slot(
      @Doc(value = "Weight.", byDefault = "1.0", min = 0) double weight,
      @Inline @Doc("Module.") Choice<SelfSupervision<?>> module) {}

  record Optimiser(
      @Doc(value = "Learning rate.", byDefault = "0.01", min = 0, origin = "paper") double rate,
      @Doc(value = "Momentum.", byDefault = "0.9", min = 0, max = 0.9999) float momentum,
      @Doc(value = "How the rate falls.", byDefault = "poly") Schedule schedule,
      @Doc(value = "Warm-up.", byDefault = "0", unit = "steps", min = 0) int warmUpSteps,
      @Doc(value = "Seed.", byDefault = "1") long seed,
      @Doc(value = "Decay of biases.", byDefault = "false") boolean biasDecay) {
    Optimiser {
      if (warmUpSteps > 0 && schedule == Schedule.CONSTANT) {
        throw new IllegalArgumentException("warm-up-steps need a schedule; found constant");
      }
    }
  }

  enum Schedule {
    POLY,
    HALF_COSINE,
    CONSTANT
  }

  record Folder(
      @Doc("Folder with the pictures.") Path root,
      @Doc(value = "Share of a split.", byDefault = "1.0", min = 0, max = 1) double share) {}

  record Drawn(@Doc(value = "Pictures.", byDefault = "100", min = 1) int pictures) {}

  @Doc("Contrasts regions.")
  record Rcm(
      @Doc(value = "Temperature.", byDefault = "0.5", min = 1e-3) double temperature,
      @Doc(value = "Smallest score.", byDefault = "5e-4") double threshold) {}

  record Mam(@Doc(value = "Scale.", byDefault = "0.5") double scale) {}

  record Ema(@Doc(value = "Decay.", byDefault = "0.997", min = 0, max = 1) double decay) {}

  record Nothing() {}

  interface FakeSupervision extends SelfSupervision<Object> {}

  static PluginCatalog catalog() {
    return PluginCatalog.of(
        List.of(
            registry -> {
              registry.add(
                  SegmentationDataset.class, "folder", Folder.class, SegmentationDataset.class);
              registry.add(
                  SegmentationDataset.class, "synthetic", Drawn.class, SegmentationDataset.class);
              registry.add(SelfSupervision.class, "rcm", Rcm.class, FakeSupervision.class);
              registry.add(SelfSupervision.class, "mam", Mam.class, FakeSupervision.class);
              registry.add(TeacherUpdate.class, "ema", Ema.class, TeacherUpdate.class);
              registry.add(TeacherUpdate.class, "copy", Nothing.class, TeacherUpdate.class);
            }));
  }

  static ConfigLoader loader() {
    return new ConfigLoader(catalog(), Sample.class.getClassLoader());
  }

  /** Binds text that errors call {@code run.yaml}. */
  static Run bind(String yaml) {
    return loader().bind(ConfigTree.parse(yaml, "run.yaml"), Run.class);
  }
}
