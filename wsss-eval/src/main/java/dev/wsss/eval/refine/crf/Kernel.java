package dev.wsss.eval.refine.crf;

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

  /** Begins a picture, with norms of 1. */
  void begin(Simplices simplices, double weight, Strips cut) {
    this.weight = (float) weight;
    if (norms.length < cut.total()) {
      norms = new float[cut.total()];
    }
    Arrays.fill(norms, 0, cut.total(), 1);
    lattice.begin(simplices, cut.count());
  }

  /** Splats the norms of a strip. */
  void splatNorms(int strip, Strips cut, PixelBlock block) {
    lattice.clear(strip, 1);
    for (int from = 0; from < cut.pixels(strip); from += PixelBlock.PIXELS) {
      int count = cut.block(strip, from);
      float[] line = block.open(2, count);
      System.arraycopy(norms, cut.first(strip) + from, line, 0, count);
      lattice.splat(strip, from, count, line, unit, 1);
    }
  }

  /** Finds the norms of a strip; after norms of 1 were splatted and filtered. */
  void findNorms(int strip, Strips cut, PixelBlock block) {
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

  /**
   * Adds c·n·(K·n), the message of ones, for a strip; after the norms were splatted and filtered.
   *
   * @param ones N
   */
  void addOnes(int strip, Strips cut, PixelBlock block, float[] ones) {
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
