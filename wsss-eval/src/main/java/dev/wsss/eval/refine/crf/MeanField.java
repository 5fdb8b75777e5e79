package dev.wsss.eval.refine.crf;

import dev.wsss.api.data.RgbImage;
import java.util.Arrays;

/**
 * Mean field of a fully connected CRF with Potts potentials (Krähenbühl and Koltun 2011), for one
 * picture after another: memory is kept, so that pictures of one size allocate next to nothing.
 * Used by one thread at a time.
 *
 * <p>With L labels, unary factors s (the unary is −log s) and kernels κ of weight c, each
 * normalised symmetrically by n = 1/√(K·1 + 10⁻²⁰),
 *
 * <pre>Q_l ← s_l · exp(Σ_κ c·n·(K·(n·Q_l))) / Σ_l' …,   from Q_l = s_l / Σ_l' s_l'.</pre>
 *
 * <p>Probabilities sum to 1 and filters are linear, so that the last label's message is that of
 * ones less those of the others: L−1 planes are filtered, one where there are two labels.
 */
public final class MeanField {
  private static final int MOST_CORNERS = 6;

  private final int lanes;
  private final Kernel gaussian = new Kernel(2);
  private final Kernel bilateral = new Kernel(MOST_CORNERS - 1);
  private final Strip.Scratch[] scratch;
  private final PixelBlock[] blocks;

  /** Σ_κ c·n·(K·n): what all labels together say. */
  private float[] ones = new float[0];

  /**
   * What is computed.
   *
   * @param gaussianSxy deviation of places in pixels
   * @param gaussianWeight c of the term of places; 0 for none
   * @param bilateralSxy deviation of places in pixels
   * @param bilateralSrgb deviation of colours, in steps of 0…255
   * @param bilateralWeight c of the term of places and colours; 0 for none
   */
  public record Terms(
      int iterations,
      double gaussianSxy,
      double gaussianWeight,
      double bilateralSxy,
      double bilateralSrgb,
      double bilateralWeight) {}

  /** Where the unary factors s come from. */
  @FunctionalInterface
  public interface Unary {

    /**
     * Writes those of some pixels, above 0; called by several threads at once.
     *
     * @param planes L×H×W
     * @param from first of the pixels y·W + x
     * @param to behind the last of them
     */
    void write(float[] planes, int from, int to);
  }

  /**
   * @param lanes threads at most, the calling one included
   */
  public MeanField(int lanes) {
    this.lanes = lanes;
    this.scratch = new Strip.Scratch[lanes];
    this.blocks = new PixelBlock[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      scratch[lane] = new Strip.Scratch(MOST_CORNERS, Strip.MOST_PIXELS);
      blocks[lane] = new PixelBlock();
    }
  }

  /**
   * Runs all iterations.
   *
   * @param planes L×H×W; gets the unary factors, then the probabilities Q
   * @throws IllegalArgumentException if a deviation is too small for the picture's size
   */
  public void run(RgbImage picture, float[] planes, Unary unary, Terms terms) {
    int pixels = picture.width() * picture.height();
    int labels = planes.length / pixels;
    if (labels == 1) {
      Arrays.fill(planes, 1);
      return;
    }
    Strips cut = Strips.of(pixels);
    if (ones.length < pixels) {
      ones = new float[pixels];
    }
    Arrays.fill(ones, 0, pixels, 0);
    try (Team team = Team.open(Math.min(lanes, cut.count()))) {
      team.run(
          (strip, lane) -> {
            int first = cut.first(strip);
            unary.write(planes, first, first + cut.pixels(strip));
          },
          cut.count());
      build(picture, terms, cut, team);
      norm(cut, team);
      gaussian.lattice().open(labels - 1);
      bilateral.lattice().open(labels - 1);
      iterate(new Field(planes, labels, cut), terms.iterations(), team);
    }
  }

  /** Builds both lattices. What one thread must do is a part beside those that all can do. */
  private void build(RgbImage picture, Terms terms, Strips cut, Team team) {
    Simplices places = new Simplices(new Features.Gaussian(terms.gaussianSxy()), picture);
    Simplices colours =
        new Simplices(new Features.Bilateral(terms.bilateralSxy(), terms.bilateralSrgb()), picture);
    gaussian.begin(places, terms.gaussianWeight(), cut);
    bilateral.begin(colours, terms.bilateralWeight(), cut);
    Lattice large = bilateral.lattice();
    Lattice small = gaussian.lattice();
    team.run((strip, lane) -> large.find(strip, colours, cut, scratch[lane]), cut.count());
    team.run(
        (part, lane) -> {
          if (part == 0) {
            large.number();
          } else {
            small.find(part - 1, places, cut, scratch[lane]);
          }
        },
        1 + cut.count());
    team.run(
        (part, lane) -> {
          if (part == 0) {
            small.number();
          } else {
            large.findNeighbours(part - 1);
          }
        },
        1 + large.parts());
    team.run((part, lane) -> small.findNeighbours(part), small.parts());
  }

  /** Finds the norms of both kernels, and what they say about ones. */
  private void norm(Strips cut, Team team) {
    gaussian.lattice().open(1);
    bilateral.lattice().open(1);
    Filter filter = new Filter(1, gaussian.lattice(), bilateral.lattice());
    team.run(
        (strip, lane) -> {
          gaussian.splatNorms(strip, cut, blocks[lane]);
          bilateral.splatNorms(strip, cut, blocks[lane]);
        },
        cut.count());
    filter.run(team);
    team.run(
        (strip, lane) -> {
          gaussian.findNorms(strip, cut, blocks[lane]);
          gaussian.splatNorms(strip, cut, blocks[lane]);
          bilateral.findNorms(strip, cut, blocks[lane]);
          bilateral.splatNorms(strip, cut, blocks[lane]);
        },
        cut.count());
    filter.run(team);
    team.run(
        (strip, lane) -> {
          gaussian.addOnes(strip, cut, blocks[lane], ones);
          bilateral.addOnes(strip, cut, blocks[lane], ones);
        },
        cut.count());
  }

  /** What the phases of a picture work on. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one picture
  private record Field(float[] planes, int labels, Strips cut) {}

  private void iterate(Field field, int iterations, Team team) {
    int strips = field.cut.count();
    Filter filter = new Filter(field.labels - 1, gaussian.lattice(), bilateral.lattice());
    Team.Phase update = (strip, lane) -> update(field, strip, lane, Message.FILTERED, Goal.SPLAT);
    Team.Phase last = (strip, lane) -> update(field, strip, lane, Message.FILTERED, Goal.RESULT);
    Goal first = iterations == 0 ? Goal.RESULT : Goal.SPLAT;
    team.run((strip, lane) -> update(field, strip, lane, Message.NONE, first), strips);
    for (int i = 1; i <= iterations; i++) {
      filter.run(team);
      team.run(i < iterations ? update : last, strips);
    }
  }

  private enum Message {
    NONE,
    FILTERED
  }

  private enum Goal {
    SPLAT,
    RESULT
  }

  private void update(Field field, int strip, int lane, Message message, Goal goal) {
    int planes = field.labels - 1;
    int total = field.cut.total();
    PixelBlock block = blocks[lane];
    if (message == Message.FILTERED) {
      gaussian.lattice().gather(strip, planes);
      bilateral.lattice().gather(strip, planes);
    }
    gaussian.lattice().clear(strip, planes);
    bilateral.lattice().clear(strip, planes);
    for (int from = 0; from < field.cut.pixels(strip); from += PixelBlock.PIXELS) {
      int count = field.cut.block(strip, from);
      int pixel = field.cut.first(strip) + from;
      float[] lines = block.open(field.labels, count);
      if (message == Message.FILTERED) {
        gaussian.slice(strip, from, count, planes, lines);
        bilateral.slice(strip, from, count, planes, lines);
        block.complete(ones, pixel);
      }
      block.weigh(field.planes, total, pixel);
      if (goal == Goal.RESULT) {
        block.write(field.planes, total, pixel);
      } else {
        splat(gaussian, strip, from, count, planes, pixel, block, lines);
        splat(bilateral, strip, from, count, planes, pixel, block, lines);
      }
    }
  }

  private static void splat(
      Kernel kernel,
      int strip,
      int from,
      int count,
      int planes,
      int pixel,
      PixelBlock block,
      float[] lines) {
    float[] factors = block.factors(kernel.norms(), pixel);
    kernel.lattice().splat(strip, from, count, lines, factors, planes);
  }
}
