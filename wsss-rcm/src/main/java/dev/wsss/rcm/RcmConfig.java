package dev.wsss.rcm;

import dev.wsss.api.config.Doc;
import java.util.HashSet;
import java.util.List;

/** Keys of {@code rcm}. */
@Doc("Contrasts the student's pixels with prototypes of the regions that the teacher sees.")
public record RcmConfig(
    @Doc(
            value =
                "Smallest share τ of its own maximum with which a class claims a pixel; below it,"
                    + " the pixel is background. Only for threshold-rule fixed.",
            byDefault = "0.3",
            min = 0,
            max = 1,
            origin = "authors")
        double threshold,
    @Doc(
            value =
                "Where τ comes from: the key threshold (fixed), the share of pixels that are"
                    + " background over the latest steps (share), or each map's own best parting"
                    + " (otsu). Read rcm/background in the metrics: below 0.4 or above 0.98 the"
                    + " threshold does not fit the maps, and a warning says so.",
            byDefault = "fixed",
            origin = "choice")
        ThresholdRule thresholdRule,
    @Doc(
            value = "Share of pixels that are background; only for threshold-rule share.",
            byDefault = "0.75",
            min = 0,
            max = 1,
            origin = "choice")
        double backgroundShare,
    @Doc(
            value =
                "How far below and above τ a pixel is left without a label: it counts neither in"
                    + " prototypes nor in the loss.",
            byDefault = "[0, 0]",
            min = 0,
            max = 1,
            origin = "choice")
        List<Double> ignore,
    @Doc(
            value =
                "Factor T on the cosines of pixels and prototypes before the softmax; larger is"
                    + " sharper.",
            byDefault = "2.0",
            min = 0,
            max = 80,
            origin = "authors")
        double temperature,
    @Doc(
            value =
                "Whose prototypes are averaged: all images of the batch (batch), the other images"
                    + " (leave-one-out, needs a batch of 2), or the latest ones of each class over"
                    + " many steps (memory).",
            byDefault = "leave-one-out",
            origin = "authors")
        PrototypePooling prototypePooling,
    @Doc(
            value = "Prototypes kept of each class; only for prototype-pooling memory.",
            byDefault = "32",
            unit = "prototypes",
            min = 1,
            origin = "choice")
        int memorySize,
    @Doc(
            value =
                "What becomes of an image while a class it shows has no positive map: all its"
                    + " pixels without a region are background, as the equations say (background),"
                    + " or none of its pixels counts (ignore). Early in training most images are"
                    + " such, and background alone makes all features alike.",
            byDefault = "background",
            origin = "choice")
        EmptyMaps emptyMaps,
    @Doc(
            value =
                "Factors of the input size at which the teacher's maps are summed to label regions;"
                    + " prototypes come from scale 1.",
            byDefault = "[0.5, 1, 2]",
            min = 0.1,
            max = 4,
            origin = "paper")
        List<Double> teacherScales,
    @Doc(
            value =
                "Channels of a linear projection of its own, on which pixels and prototypes are"
                    + " compared (0: none, the features that classification uses). Only the loss"
                    + " sees it.",
            byDefault = "0",
            unit = "channels",
            min = 0,
            max = 65536,
            origin = "choice")
        int projection) {

  public RcmConfig {
    teacherScales = List.copyOf(teacherScales);
    ignore = List.copyOf(ignore);
    if (ignore.size() != 2) {
      throw new IllegalArgumentException(
          "ignore has " + ignore.size() + " values; give two, below and above, e.g. [0.1, 0.1]");
    }
    if (teacherScales.isEmpty()) {
      throw new IllegalArgumentException("teacher-scales is empty; give at least one, e.g. [1]");
    }
    if (new HashSet<>(teacherScales).size() < teacherScales.size()) {
      throw new IllegalArgumentException("teacher-scales repeats a scale: " + teacherScales);
    }
  }

  /** Where τ comes from. */
  public enum ThresholdRule {
    /** A number that is given. [paper] */
    FIXED,
    /** The quantile at which a given share of the pixels is background. [choice] */
    SHARE,
    /** Otsu's threshold of each map. [choice] */
    OTSU
  }

  /** What becomes of an image while a class it shows has no positive map. */
  public enum EmptyMaps {
    /** Its pixels without a region are background. [paper] */
    BACKGROUND,
    /** None of its pixels counts, in prototypes and in the loss. [choice] */
    IGNORE
  }

  /** Whose prototypes are averaged. */
  public enum PrototypePooling {
    /** All images of the batch. [paper] */
    BATCH,
    /** For each image, the other images of the batch. [authors] */
    LEAVE_ONE_OUT,
    /** The last {@code memory-size} prototypes of each class, this batch's included. [choice] */
    MEMORY
  }
}
