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
                "Whether maps are compared raw (none) or divided by their maximum (max). Raw maps"
                    + " are asked to grow wherever weights exceed 1; max departs from the paper.",
            byDefault = "none",
            origin = "choice")
        Normalise normalise) {

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
    /** Each map is divided by its maximum + 1e-5, in student and teacher. [choice] */
    MAX
  }
}
