package dev.wsss.train.wiring;

import ai.djl.ndarray.NDManager;
import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.train.config.NetworkConfig;
import dev.wsss.train.weights.WeightsKey;
import java.lang.annotation.Annotation;

/** A network with its own backbone and head; installed twice, as student and as teacher. */
final class NetworkModule extends PrivateModule {
  private static final String BACKBONE = "network.backbone";

  private final Class<? extends Annotation> role;
  private final NetworkConfig config;
  private final long seed;
  private final InitialWeights weights;

  NetworkModule(
      Class<? extends Annotation> role, NetworkConfig config, long seed, InitialWeights weights) {
    this.role = role;
    this.config = config;
    this.seed = seed;
    this.weights = weights;
  }

  @Override
  protected void configure() {
    install(new ChoiceModule<>(Key.get(Backbone.class), BACKBONE, config.backbone()));
    install(new ChoiceModule<>(Key.get(CamHead.class), "network.head", config.head()));
    Key<CamNetwork> key = Key.get(CamNetwork.class, role);
    bind(key).to(CamNetwork.class);
    expose(key);
  }

  @Provides
  FeatureSpec features(Backbone backbone) {
    return backbone.output();
  }

  @Provides
  @Singleton
  CamNetwork network(NDManager root, Backbone backbone, CamHead head) {
    return weights == InitialWeights.PRETRAINED
        ? WeightsKey.named(
            BACKBONE, config.backbone(), () -> new CamNetwork(root, backbone, head, seed))
        : CamNetwork.random(root, backbone, head, seed);
  }
}
