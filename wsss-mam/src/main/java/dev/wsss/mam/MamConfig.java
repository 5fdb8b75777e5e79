package dev.wsss.mam;

import dev.wsss.api.config.Doc;
import java.util.HashSet;
import java.util.List;

/** Keys of {@code mam}. */
@Doc("Draws the student's maps towards an attentive mean of the teacher's over scales.")
public record MamConfig(
    @Doc(
            value = "Factors of the input size at which the student learns.",
            byDefault = "[0.5, 1, 2]",
            min = 0.1,
            max = 4,
            origin = "paper")
        List<Double> studentScales,
    @Doc(
            value = "Factors of the input size at which the teacher's maps make the target.",
            byDefault = "[0.5, 1, 2]",
            min = 0.1,
            max = 4,
            origin = "paper")
        List<Double> teacherScales,
    @Doc(
            value =
                "Weight w of each teacher scale, from the cosine c of student and teacher map:"
                    + " two-minus-cosine (w = 2 − c), one-minus-cosine (w = 1 − c), softmax (a"
                    + " weighted mean over the teacher's scales, more where c is less) or uniform"
                    + " (w = 1, the plain mean: no attention).",
            byDefault = "two-minus-cosine",
            origin = "authors")
        Attention attention,
    @Doc(
            value = "Divisor of the cosines; only for attention softmax. Smaller is sharper.",
            byDefault = "0.1",
            min = 0.001,
            origin = "choice")
        double temperature,
    @Doc(
            value =
                "Whether maps are compared raw (none) or divided by their maximum, which the"
                    + " gradient runs through (max) or which is a constant to it (constant-max)."
                    + " Raw maps are asked to grow wherever weights exceed 1. With max, what all"
                    + " pixels are asked to become comes back at the peak alone with the opposite"
                    + " sign: to raise a map beside its peak, the peak sinks. Dividing departs from"
                    + " the paper.",
            byDefault = "none",
            origin = "choice")
        Normalise normalise,
    @Doc(
            value =
                "Distance of student and target in a pixel: l1 (|d|) or smooth-l1 (d²/(2·beta)"
                    + " where |d| is below beta, else |d| - beta/2). l1 pulls with full strength"
                    + " where the two differ by rounding alone, as in the first steps after both"
                    + " started from one checkpoint; smooth-l1 pulls there by what is missing.",
            byDefault = "l1",
            origin = "authors")
        Distance distance,
    @Doc(
            value =
                "Difference below which smooth-l1 is a square; only for distance smooth-l1. The"
                    + " default is for maps up to 1 (normalise max or constant-max).",
            byDefault = "0.1",
            min = 0.001,
            origin = "choice")
        double beta,
    @Doc(
            value =
                "Share of each batch's images that learn from this loss: the first ones, rounded"
                    + " up, of batches that are shuffled. The loss is a mean over these images, so"
                    + " that a weight means the same at every share. It saves no time: both"
                    + " networks still see the whole batch. The authors' code takes half.",
            byDefault = "1.0",
            min = 0.01,
            max = 1,
            origin = "paper")
        double batchShare) {

  public MamConfig {
    studentScales = distinct("student-scales", studentScales);
    teacherScales = distinct("teacher-scales", teacherScales);
  }

  private static List<Double> distinct(String key, List<Double> scales) {
    if (scales.isEmpty()) {
      throw new IllegalArgumentException(key + " is empty; give at least one, e.g. [1]");
    }
    if (new HashSet<>(scales).size() < scales.size()) {
      throw new IllegalArgumentException(key + " repeats a scale: " + scales);
    }
    return List.copyOf(scales);
  }

  /** How a cosine becomes a weight. */
  public enum Attention {
    /** w = 2 − c, between 1 and 2 for rectified maps. [authors] */
    TWO_MINUS_COSINE,
    /** w = 1 − c, between 0 and 1: what the student already says counts nothing. [choice] */
    ONE_MINUS_COSINE,
    /**
     * w = |t| · softmax over t of −c/temperature, so that the target is a weighted mean. [choice]
     */
    SOFTMAX,
    /** w = 1: the target is the plain mean. [choice] */
    UNIFORM
  }

  /** How maps are scaled before they are compared. */
  public enum Normalise {
    /** Raw maps, as in the paper. */
    NONE,
    /**
     * Each map is divided by its maximum + 1e-5, M, in student and teacher. [choice] With g the
     * slope of the loss by the quotient x/M, a pixel x is moved by g/M, and the peak by (g_peak −
     * Σ_p g_p·x_p/M)/M: nothing is asked of the map's size, but the one pixel at the peak carries
     * the sum of all others.
     */
    MAX,
    /**
     * As {@link #MAX}, but the student's M is a constant to the gradient: every pixel, the peak
     * too, is moved by its own g/M. [choice] Such a step is not down the slope of the loss, which
     * does not change where a whole map grows or shrinks. Where both networks have their peak at
     * the same pixel, rounding alone says whether it should rise: {@link Distance#SMOOTH_L1} leaves
     * it there, {@link Distance#L1} moves it at full strength.
     */
    CONSTANT_MAX
  }

  /** How far apart two maps are in a pixel. */
  public enum Distance {
    /** |d|. [authors] */
    L1,
    /** d²/(2β) where |d| &lt; β, else |d| − β/2. [choice] */
    SMOOTH_L1
  }
}
