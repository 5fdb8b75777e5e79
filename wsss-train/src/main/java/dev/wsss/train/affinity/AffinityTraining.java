package dev.wsss.train.affinity;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.network.Backbone;
import dev.wsss.eval.augment.MaskSource;
import dev.wsss.eval.refine.DenseCrf;
import dev.wsss.eval.refine.walk.AffinityLabels;
import dev.wsss.eval.refine.walk.Neighbours;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.plugin.ModuleConstructor;
import dev.wsss.train.supervised.SupervisedTraining;
import dev.wsss.train.threads.IdleThreads;
import dev.wsss.train.weights.WeightsKey;
import dev.wsss.train.wiring.InitialWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * From maps to a refiner that walks: {@link #labels()} makes what the network learns from, {@link
 * #train} learns it in a folder, {@link #refiner} opens what was learned.
 */
public final class AffinityTraining {
  private final String backboneKey;
  private final AffinityConfig config;
  private final EngineConfig engine;

  /**
   * @param key dotted, where the configuration stands, for messages
   */
  public AffinityTraining(String key, AffinityConfig config, EngineConfig engine) {
    this.backboneKey = key + ".backbone";
    this.config = config;
    this.engine = engine;
  }

  /** Makes the labels of one picture from its maps. Safe for several threads. */
  public AffinityLabels labels() {
    return new AffinityLabels(config.alphaLow(), config.alphaHigh(), new DenseCrf(config.crf()));
  }

  /** Passes over the pictures. */
  public int epochs() {
    return config.training().epochs();
  }

  /** Images a step. */
  public int batch() {
    return config.training().batch();
  }

  /**
   * Makes the network and throws whatever is wrong with it.
   *
   * @param weights whether pretrained weights are read too
   */
  public void check(InitialWeights weights) {
    try (NDManager root = root();
        AffinityNetwork network = network(root)) {
      if (weights == InitialWeights.PRETRAINED) {
        pretrain(network);
      }
    }
  }

  /**
   * Trains the network, from the first step or from the last checkpoint in the folder; see {@link
   * SupervisedTraining}.
   *
   * @param examples what an epoch visits, each with labels
   * @param labels as {@link #labels()} makes them
   */
  public Progress train(
      Path folder,
      SegmentationDataset data,
      List<Example> examples,
      MaskSource labels,
      RunListener listener) {
    try (NDManager root = root();
        AffinityNetwork network = network(root)) {
      root.attachInternal("idle-threads", IdleThreads.watch());
      if (!new LearnerCheckpoints(folder).exist()) {
        pretrain(network);
      }
      return new SupervisedTraining(
              root, network, config.optimiser(), config.augmentation(), config.training())
          .run(folder, data, examples, labels, listener);
    }
  }

  /**
   * The refiner that a folder's last checkpoint makes.
   *
   * @param pictureSide longer side to which the network sees a larger picture scaled down, as
   *     {@code cams.picture-side} says it for maps
   * @return to be closed by the caller
   * @throws dev.wsss.train.loop.TrainingException if there is no checkpoint, or it does not fit
   */
  public AffinityRefiner refiner(Path folder, int pictureSide) {
    NDManager root = root();
    try {
      AffinityNetwork network = network(root);
      new LearnerCheckpoints(folder).loadNetwork(root, network.parameters());
      network.freeze();
      return new AffinityRefiner(root, network, config.walk(), pictureSide);
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private void pretrain(AffinityNetwork network) {
    WeightsKey.named(
        backboneKey,
        config.backbone(),
        () -> {
          network.pretrain();
          return network;
        });
  }

  private NDManager root() {
    return TensorEngine.managerOn(TensorEngine.choose(engine.deviceChoice()));
  }

  private AffinityNetwork network(NDManager root) {
    Backbone backbone =
        new ModuleConstructor<>(backboneKey, config.backbone()).makeWith(List.of(engine.kernels()));
    return new AffinityNetwork(
        root,
        backbone,
        config.channels(),
        config.stride(),
        Neighbours.within(config.walk().radius()),
        config.training().seed());
  }
}
