package dev.wsss.train.wiring;

import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.name.Names;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.config.Choice;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.train.config.RefinementConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.loop.ParameterGroups;
import dev.wsss.train.loop.Slot;
import dev.wsss.train.loop.StudentUpdate;
import dev.wsss.train.loop.TrainingStep;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything of one run, from its configuration; one injector a run. */
final class RunModule extends AbstractModule {
  private final RunConfig config;
  private final InitialWeights weights;

  RunModule(RunConfig config, InitialWeights weights) {
    this.config = config;
    this.weights = weights;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    bind(RunConfig.class).toInstance(config);
    bind(Kernels.class).toInstance(config.engine().kernels());
    bind(TrainingShape.class)
        .toInstance(new TrainingShape(config.training().batch(), config.augmentation().crop()));
    install(new ChoiceModule<>(Key.get(SegmentationDataset.class), "data", config.data()));
    install(new ChoiceModule<>(Key.get(TeacherUpdate.class), "teacher", config.teacher()));
    install(
        new ChoiceModule<>(
            Key.get(ClassificationLoss.class), "classification-loss", config.classificationLoss()));
    install(new ChoiceModule<>(Key.get(Optimiser.class), "optimiser", config.optimiser().module()));
    install(
        new ChoiceModule<>(
            Key.get(RateSchedule.class), "optimiser.schedule", config.optimiser().schedule()));
    install(network(Student.class));
    install(network(Teacher.class));

    Map<String, Choice<SelfSupervision<?>>> slots = new LinkedHashMap<>();
    config.selfSupervision().forEach((name, slot) -> slots.put(name, slot.module()));
    bindByName(new TypeLiteral<SelfSupervision<?>>() {}, "self-supervision", slots);
    bindByName(new TypeLiteral<Metric<?>>() {}, "metrics", config.metrics());
    bindByName(TypeLiteral.get(RunListener.class), "listeners", config.listeners());
  }

  private <S> void bindByName(TypeLiteral<S> spi, String key, Map<String, Choice<S>> choices) {
    var byName = MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), spi);
    choices.forEach(
        (name, choice) -> {
          Key<S> named = Key.get(spi, Names.named(name));
          install(new ChoiceModule<>(named, key + "." + name, choice));
          byName.addBinding(name).to(named);
        });
  }

  private NetworkModule network(Class<? extends Annotation> role) {
    return new NetworkModule(role, config.network(), config.training().seed(), weights);
  }

  @Provides
  @Singleton
  ChosenDevice device() {
    return TensorEngine.choose(config.engine().deviceChoice());
  }

  @Provides
  @Singleton
  NDManager root(ChosenDevice device) {
    NDManager root = TensorEngine.managerOn(device);
    root.setName("run");
    return root;
  }

  @Provides
  ClassNames classes(SegmentationDataset data) {
    return data.classes();
  }

  @Provides
  @Singleton
  List<Slot> slots(
      Map<String, SelfSupervision<?>> modules, @Student CamNetwork student, NDManager root) {
    List<Slot> slots = new ArrayList<>();
    config
        .selfSupervision()
        .forEach(
            (name, slot) -> {
              SelfSupervision<?> module = modules.get(name);
              if (module != null) {
                long seed = config.training().seed() * 31 + name.hashCode();
                module
                    .layers()
                    .ifPresent(layers -> layers.initialise(root, student.features(), seed));
                slots.add(
                    new Slot(
                        name,
                        slot.weight(),
                        slot.fromEpoch(),
                        slot.fromStep(),
                        RefinementConfig.make(
                            "self-supervision." + name + ".refine", slot.refine()),
                        module));
              }
            });
    return slots;
  }

  @Provides
  @Singleton
  LearningParameters learningParameters(
      @Student CamNetwork student, List<Slot> slots, NDManager root) {
    return ParameterGroups.of(Slot.learnedWith(student, slots), config.optimiser(), root);
  }

  @Provides
  StudentUpdate studentUpdate(
      @Student CamNetwork student, List<Slot> slots, Optimiser optimiser, RateSchedule schedule) {
    return new StudentUpdate(
        Slot.learnedWith(student, slots), config.optimiser(), optimiser, schedule);
  }

  @Provides
  @Singleton
  TrainingStep step(
      NDManager root,
      @Student CamNetwork student,
      @Teacher CamNetwork teacher,
      List<Slot> slots,
      ClassificationLoss classification,
      StudentUpdate studentUpdate,
      TeacherUpdate teacherUpdate,
      ClassNames classes) {
    return new TrainingStep(
        root,
        student,
        teacher,
        slots,
        classification,
        studentUpdate,
        teacherUpdate,
        classes,
        config.training());
  }
}
