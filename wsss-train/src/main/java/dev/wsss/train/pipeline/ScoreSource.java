package dev.wsss.train.pipeline;

import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What stages hand to the next one: the scores of background and classes, picture by picture. */
interface ScoreSource {

  /** Names of the stages whose folders are read. */
  List<String> stages();

  /** Opens them. */
  Scores open(Made from) throws IOException;

  /**
   * Scores by the picture's id, at its size; for several threads.
   *
   * @param store that they come from
   */
  record Scores(MapStore store, Function<StoredMaps, ClassScores> reading) {

    static Scores of(MapStore store, Function<StoredMaps, ClassScores> reading) {
      return new Scores(store, reading);
    }

    /** Why a picture was left out before; empty where it was not. */
    Optional<String> leftOut(String id) {
      return store.leftOut(id);
    }

    /**
     * The scores of a picture that was not left out.
     *
     * @throws dev.wsss.eval.store.MapStoreException if they are damaged
     */
    ClassScores of(String id) {
      return reading.apply(store.maps(id));
    }
  }
}
