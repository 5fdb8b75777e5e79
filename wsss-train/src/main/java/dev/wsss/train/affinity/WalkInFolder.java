package dev.wsss.train.affinity;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.train.config.EngineConfig;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The module {@code random-walk}: the walk by a network that was trained before, in {@code
 * network}. It is opened for the first picture and stays open, and looks at pictures at the size at
 * which they come.
 */
public final class WalkInFolder implements PseudoLabelRefiner {
  private final AffinityConfig config;
  private final Path folder;
  private final Object opening = new Object();
  private @Nullable AffinityRefiner opened;

  /**
   * @throws IllegalArgumentException if no folder is named
   */
  @Inject
  public WalkInFolder(AffinityConfig config) {
    this.config = config;
    this.folder =
        config
            .network()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "network is missing; it is the folder of a trained affinity network, such as"
                            + " stages/affinity-random-walk/… of a folder of wsss run"));
  }

  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id)
      throws BadImageException {
    return refiner().refine(picture, scores, id);
  }

  private AffinityRefiner refiner() {
    synchronized (opening) {
      AffinityRefiner known = opened;
      if (known == null) {
        known =
            new AffinityTraining("random-walk", config, EngineConfig.USUAL)
                .refiner(folder, PictureFile.LONGEST_SIDE);
        opened = known;
      }
      return known;
    }
  }
}
