package dev.wsss.eval.store;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.PictureMaps;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The class activation scores of one picture in 8 bits, of the classes that are there, and the
 * probabilities of all classes; or the scores of background and these classes that a refiner made
 * of them.
 *
 * <p>A score s is kept as level ⌊s·{@value #LEVELS}⌋ and read back as the middle of its level,
 * (level + ½) / {@value #LEVELS}, but 0 as 0 and 1 as 1. So a cell reaches a threshold that is a
 * whole multiple of 1/{@value #LEVELS}, as those of 1/100 are, exactly if it did before; no score
 * moves by more than 1/{@value #LEVELS}.
 *
 * @param id of the picture in its data set
 * @param grid of the scores
 * @param present the n foreground classes that have maps, ascending; before them {@link
 *     #BACKGROUND} where background has scores of its own
 * @param levels n×rows×columns, 0…{@value #LEVELS}, not copied; treat as immutable
 * @param probabilities of all K classes whatever the labels, 0…1, as they were; none of a refiner's
 *     scores
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record StoredMaps(
    String id, MapGrid grid, int[] present, byte[] levels, float[] probabilities) {
  /** What a score of 1 is kept as. */
  public static final int LEVELS = 200;

  /** In the place of a class: one less than the first, as its value in masks is. */
  public static final int BACKGROUND = -1;

  public StoredMaps {
    if (levels.length != (long) present.length * grid.rows() * grid.columns()) {
      throw new IllegalArgumentException(
          "picture '%s': %d levels for %d maps of %d×%d"
              .formatted(id, levels.length, present.length, grid.columns(), grid.rows()));
    }
    for (float probability : probabilities) {
      requireShare(id, "probability", probability);
    }
  }

  /**
   * Keeps the maps of a picture of their own size.
   *
   * @param cell pixels along a side that share a score, 1 or more
   */
  public static StoredMaps of(PictureMaps maps, int cell) {
    return of(maps, MapGrid.over(maps.width(), maps.height(), cell));
  }

  /**
   * Keeps maps on a grid, resized bilinearly to it.
   *
   * @param grid where the maps lie on their picture, with as many cells as are to be kept
   * @throws IllegalArgumentException if a score or a probability is not within 0…1
   */
  public static StoredMaps of(PictureMaps maps, MapGrid grid) {
    int cells = Math.multiplyExact(grid.rows(), grid.columns());
    byte[] levels = new byte[Math.multiplyExact(maps.present().length, cells)];
    String id = maps.example().id();
    maps.rows(
        grid.columns(),
        grid.rows(),
        grid.rows(),
        (y, lines) -> {
          for (int j = 0; j < lines.length; j++) {
            int at = j * cells + y * grid.columns();
            for (int x = 0; x < grid.columns(); x++) {
              levels[at + x] = (byte) level(id, lines[j][x]);
            }
          }
        });
    return new StoredMaps(id, grid, maps.present(), levels, maps.probabilities());
  }

  /** Keeps the scores of background and classes, every pixel of them. */
  public static StoredMaps of(String id, ClassScores scores) {
    int[] planes = new int[scores.planeCount()];
    planes[0] = BACKGROUND;
    System.arraycopy(scores.present(), 0, planes, 1, scores.present().length);
    byte[] levels = new byte[scores.planes().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) level(id, scores.planes()[i]);
    }
    MapGrid grid = MapGrid.over(scores.width(), scores.height(), 1);
    return new StoredMaps(id, grid, planes, levels, new float[0]);
  }

  private static int level(String id, float score) {
    requireShare(id, "score", score);
    return (int) ((double) score * LEVELS);
  }

  private static void requireShare(String id, String what, float share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "picture '%s': %s %s; allowed are 0…1. Did the network diverge?"
              .formatted(id, what, share));
    }
  }

  /** The score that a level stands for. */
  static float score(int level) {
    return level == 0 ? 0 : Math.min(1, (level + 0.5f) / LEVELS);
  }

  /** Whether background has scores of its own. */
  public boolean hasBackground() {
    return present.length > 0 && present[0] == BACKGROUND;
  }

  /**
   * The scores of background and classes.
   *
   * @throws IllegalStateException if background has none
   */
  public ClassScores classScores() {
    if (!hasBackground()) {
      throw new IllegalStateException("picture '" + id + "' has maps without background");
    }
    int[] classes = Arrays.copyOfRange(present, 1, present.length);
    return new ClassScores(grid.columns(), grid.rows(), classes, scoresOnGrid());
  }

  private float[] scoresOnGrid() {
    float[] scores = new float[levels.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(levels[i] & 0xff);
    }
    return scores;
  }

  /**
   * The scores on the grid, with the probabilities.
   *
   * @throws IllegalStateException if background has scores of its own
   */
  public PictureMaps maps() {
    if (hasBackground()) {
      throw new IllegalStateException("picture '" + id + "' has scores of background");
    }
    BitSet labels = new BitSet();
    for (int k : present) {
      labels.set(k);
    }
    return new PictureMaps(
        new Example(id, labels),
        probabilities,
        grid.columns(),
        grid.rows(),
        present,
        scoresOnGrid());
  }

  /**
   * The scores of every pixel of the picture, resized bilinearly.
   *
   * @throws IllegalStateException if background has scores of its own
   */
  public PictureMaps atPictureSize() {
    PictureMaps cells = maps();
    int pixels = Math.multiplyExact(grid.width(), grid.height());
    float[] scores = new float[Math.multiplyExact(present.length, pixels)];
    cells.rows(
        grid.coveredWidth(),
        grid.coveredHeight(),
        grid.height(),
        (y, lines) -> {
          for (int j = 0; j < lines.length; j++) {
            System.arraycopy(lines[j], 0, scores, j * pixels + y * grid.width(), grid.width());
          }
        });
    return new PictureMaps(
        cells.example(), cells.probabilities(), grid.width(), grid.height(), present, scores);
  }

  /** The winning class and score of every pixel of the picture. */
  public ScoreMap scores() {
    return maps().winners(grid.coveredWidth(), grid.coveredHeight(), grid.width(), grid.height());
  }

  /**
   * The class index of every pixel of the picture; all background where no class is present.
   *
   * @param threshold score from which a pixel gets its class
   */
  public IndexMask mask(double threshold) {
    return present.length == 0
        ? new IndexMask(grid.width(), grid.height(), new byte[grid.width() * grid.height()])
        : scores().mask(threshold);
  }
}
