package dev.wsss.train.wiring;

import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.weights.WeightsKey;

/** A segmentation network from its configuration. */
final class SegmentationModule extends AbstractModule {
  private static final String PLACE = "segmentation.network.";

  private final SegmentationConfig config;
  private final ClassNames classes;
  private final EngineConfig engine;
  private final InitialWeights weights;

  SegmentationModule(
      SegmentationConfig config, ClassNames classes, EngineConfig engine, InitialWeights weights) {
    this.config = config;
    this.classes = classes;
    this.engine = engine;
    this.weights = weights;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    bind(ClassNames.class).toInstance(classes);
    bind(Kernels.class).toInstance(engine.kernels());
    install(
        new ChoiceModule<>(
            Key.get(Backbone.class), PLACE + "backbone", config.network().backbone()));
    install(
        new ChoiceModule<>(
            Key.get(SegmentationHead.class), PLACE + "head", config.network().head()));
  }

  @Provides
  FeatureSpec features(Backbone backbone) {
    return backbone.output();
  }

  @Provides
  FeatureLevels levels(Backbone backbone) {
    return FeatureLevels.of(backbone);
  }

  @Provides
  @Singleton
  ChosenDevice device() {
    return TensorEngine.choose(engine.deviceChoice());
  }

  @Provides
  @Singleton
  NDManager root(ChosenDevice device) {
    NDManager root = TensorEngine.managerOn(device);
    root.setName("segmentation");
    return root;
  }

  @Provides
  @Singleton
  SegmentationNetwork network(NDManager root, Backbone backbone, SegmentationHead head) {
    long seed = config.training().seed();
    return weights == InitialWeights.PRETRAINED
        ? WeightsKey.named(
            PLACE + "backbone",
            config.network().backbone(),
            () -> new SegmentationNetwork(root, backbone, head, seed))
        : SegmentationNetwork.random(root, backbone, head, seed);
  }
}
