package dev.wsss.eval.refine.crf;

import dev.wsss.api.data.RgbImage;
import java.util.Arrays;

/** One pairwise term: its lattice, its weight c, and the norm n of every pixel. */
final class Kernel {
  private static final float TINY = 1e-20f;

  private final Lattice lattice;
  private final float[] unit = new float[PixelBlock.PIXELS];
  private float[] norms = new float[0];
  private float weight;

  /**
   * @param d number of features
   */
  Kernel(int d) {
    lattice = new Lattice(d);
    Arrays.fill(unit, 1);
  }

  Lattice lattice() {
    return lattice;
  }

  /** Norms, N. */
  float[] norms() {
    return norms;
  }

  /**
   * Builds the lattice and finds the norms.
   *
   * @param blocks one a thread
   * @param ones N; c·n·(K·n), the message of ones, is added
   */
  void build(
      Features features,
      double weight,
      RgbImage picture,
      Strips cut,
      Team team,
      Strip.Scratch[] scratch,
      PixelBlock[] blocks,
      float[] ones) {
    this.weight = (float) weight;
    if (norms.length < cut.total()) {
      norms = new float[cut.total()];
    }
    Arrays.fill(norms, 0, cut.total(), 1);
    lattice.build(features, picture, cut, team, scratch);
    lattice.open(1);
    Filter filter = new Filter(1, lattice);
    splatNorms(cut, team, blocks);
    filter.run(team);
    team.run((strip, lane) -> findNorms(strip, cut, blocks[lane]), cut.count());
    splatNorms(cut, team, blocks);
    filter.run(team);
    team.run((strip, lane) -> addOnes(strip, cut, blocks[lane], ones), cut.count());
  }

  private void splatNorms(Strips cut, Team team, PixelBlock[] blocks) {
    team.run(
        (strip, lane) -> {
          lattice.clear(strip, 1);
          for (int from = 0; from < cut.pixels(strip); from += PixelBlock.PIXELS) {
            int count = cut.block(strip, from);
            float[] line = blocks[lane].open(2, count);
            System.arraycopy(norms, cut.first(strip) + from, line, 0, count);
            lattice.splat(strip, from, count, line, unit, 1);
          }
        },
        cut.count());
  }

  private void findNorms(int strip, Strips cut, PixelBlock block) {
    lattice.gather(strip, 1);
    for (int from = 0; from < cut.pixels(strip); from += PixelBlock.PIXELS) {
      int count = cut.block(strip, from);
      float[] line = block.open(2, count);
      lattice.slice(strip, from, count, norms, lattice.scale(), 1, line);
      int pixel = cut.first(strip) + from;
      for (int i = 0; i < count; i++) {
        norms[pixel + i] = (float) (1 / Math.sqrt(line[i] + TINY));
      }
    }
  }

  private void addOnes(int strip, Strips cut, PixelBlock block, float[] ones) {
    lattice.gather(strip, 1);
    for (int from = 0; from < cut.pixels(strip); from += PixelBlock.PIXELS) {
      int count = cut.block(strip, from);
      float[] line = block.open(2, count);
      slice(strip, from, count, 1, line);
      int pixel = cut.first(strip) + from;
      for (int i = 0; i < count; i++) {
        ones[pixel + i] += line[i];
      }
    }
  }

  /** Adds the messages c·n·(K·…) to C lines. */
  void slice(int strip, int from, int count, int planes, float[] lines) {
    lattice.slice(strip, from, count, norms, weight * lattice.scale(), planes, lines);
  }
}
