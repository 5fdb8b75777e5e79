package dev.wsss.train.wiring;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.name.Names;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.loop.SgdOptimiser;
import dev.wsss.train.loop.Slot;
import dev.wsss.train.loop.TrainingStep;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
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
    install(network(Student.class));
    install(network(Teacher.class));

    var slots =
        MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<SelfSupervision<?>>() {});
    config
        .selfSupervision()
        .forEach(
            (name, slot) -> {
              Key<SelfSupervision<?>> key = Key.get(new TypeLiteral<>() {}, Names.named(name));
              install(new ChoiceModule<>(key, "self-supervision." + name, slot.module()));
              slots.addBinding(name).to(key);
            });
    var metrics =
        MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<Metric<?>>() {});
    config
        .metrics()
        .forEach(
            (name, choice) -> {
              Key<Metric<?>> key = Key.get(new TypeLiteral<>() {}, Names.named(name));
              install(new ChoiceModule<>(key, "metrics." + name, choice));
              metrics.addBinding(name).to(key);
            });
  }

  private NetworkModule network(Class<? extends Annotation> role) {
    return new NetworkModule(role, config.network(), config.training().seed(), weights);
  }

  @Provides
  @Singleton
  NDManager root() {
    NDManager root = Engine.getEngine("PyTorch").newBaseManager();
    root.setName("run");
    return root;
  }

  @Provides
  ClassNames classes(SegmentationDataset data) {
    return data.classes();
  }

  @Provides
  @Singleton
  List<Slot> slots(Map<String, SelfSupervision<?>> modules) {
    List<Slot> slots = new ArrayList<>();
    config
        .selfSupervision()
        .forEach(
            (name, slot) -> {
              SelfSupervision<?> module = modules.get(name);
              if (module != null) {
                slots.add(new Slot(name, slot.weight(), slot.fromEpoch(), slot.fromStep(), module));
              }
            });
    return slots;
  }

  @Provides
  @Singleton
  SgdOptimiser optimiser(@Student CamNetwork student, NDManager root) {
    return new SgdOptimiser(student, config.optimiser(), root);
  }

  @Provides
  @Singleton
  TrainingStep step(
      NDManager root,
      @Student CamNetwork student,
      @Teacher CamNetwork teacher,
      List<Slot> slots,
      SgdOptimiser optimiser,
      TeacherUpdate update,
      ClassNames classes) {
    teacher.copyFrom(student);
    teacher.freeze();
    return new TrainingStep(
        root, student, teacher, slots, optimiser, update, classes, config.training());
  }
}
