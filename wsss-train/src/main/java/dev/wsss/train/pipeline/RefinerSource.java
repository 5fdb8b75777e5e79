package dev.wsss.train.pipeline;

import dev.wsss.api.config.Choice;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.affinity.AffinityRefiner;
import dev.wsss.train.affinity.AffinityTraining;
import dev.wsss.train.plugin.ModuleConstructor;
import java.util.List;

/** Where a stage gets its refiner from: its configuration, or what another stage has trained. */
interface RefinerSource {

  /** Names of the stages whose folders are read. */
  List<String> stages();

  /** Throws what is wrong with it, where that can be known before any stage. */
  default void check() {}

  /** Opens it. */
  Opened open(Made from);

  /**
   * A refiner, until it is closed.
   *
   * @param closing gives back what it holds
   */
  record Opened(PseudoLabelRefiner refiner, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }

  /**
   * Of a module that its keys make.
   *
   * @param key where they stand
   */
  static RefinerSource configured(String key, Choice<PseudoLabelRefiner> choice) {
    return new RefinerSource() {
      @Override
      public List<String> stages() {
        return List.of();
      }

      @Override
      public void check() {
        new ModuleConstructor<>(key, choice).makeFromConfig();
      }

      @Override
      public Opened open(Made from) {
        return new Opened(new ModuleConstructor<>(key, choice).makeFromConfig(), () -> {});
      }
    };
  }

  /**
   * Of an affinity network.
   *
   * @param stage that trains it
   * @param pictureSide longer side to which it sees larger pictures scaled down
   */
  static RefinerSource walk(String stage, AffinityTraining training, int pictureSide) {
    return new RefinerSource() {
      @Override
      public List<String> stages() {
        return List.of(stage);
      }

      @Override
      public Opened open(Made from) {
        AffinityRefiner refiner = training.refiner(from.of(stage), pictureSide);
        return new Opened(refiner, refiner::close);
      }
    };
  }
}
