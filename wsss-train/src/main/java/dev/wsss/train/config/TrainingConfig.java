package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.api.tensor.Precision;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.LearnedPictures;
import java.nio.file.Path;
import java.util.Optional;

/** Length, batch and seed of a run. */
public record TrainingConfig(
    @Doc(value = "Split to learn from.", byDefault = "train") String split,
    @Doc(
            value =
                "Share of that split that is not learned, the first of those that"
                    + " scoring.held-out-share sets apart. Only on such pictures are probabilities as"
                    + " sure as on new ones, which thresholds for pictures without labels need.",
            byDefault = "0.0",
            min = 0,
            max = 0.9,
            origin = "choice")
        double leftOutShare,
    @Doc(
            value = "Passes over the split.",
            byDefault = "40",
            unit = "epochs",
            min = 1,
            origin = "authors")
        int epochs,
    @Doc(value = "Images a step.", byDefault = "8", unit = "images", min = 1, origin = "authors")
        int batch,
    @Doc(
            value =
                "What both networks compute in. float32; bfloat16: mixed precision, convolutions and"
                    + " matrix products in bfloat16. On a processor with AMX a step of a deep network"
                    + " then takes a third to two fifths of the time. Maps are made in float32.",
            byDefault = "float32",
            origin = "choice")
        Precision precision,
    @Doc(
            value =
                "Images whose graph is held at once; 0 leaves it to their size, or takes the whole"
                    + " batch where batch norm is trained. Changes time and memory, not results,"
                    + " unless batch norm is trained.",
            byDefault = "0",
            unit = "images",
            min = 0,
            origin = "choice")
        int microBatch,
    @Doc(
            value = "Weight λ of the classification loss.",
            byDefault = "1.0",
            min = 0,
            origin = "authors")
        double classificationWeight,
    @Doc(value = "Seed of everything random.", byDefault = "1") long seed,
    @Doc(
            value =
                "Folder of another run with the same networks, whose last checkpoint gives student"
                    + " and teacher their starting values; for example one with RCM, before MAM.",
            origin = "authors")
        Optional<Path> start,
    @Doc(
            value = "What to do with a picture that cannot be decoded.",
            byDefault = "skip",
            origin = "choice")
        OnBadImage onBadImage,
    @Doc(
            value = "Largest total loss that still counts as training; above it the run stops.",
            byDefault = "1e4",
            min = 0,
            origin = "choice")
        double divergenceLoss,
    @Doc(
            value = "Threads that decode and vary pictures ahead of the step; changes no result.",
            byDefault = "1",
            min = 1,
            max = 64,
            origin = "choice")
        int workers) {

  /** The pictures to learn from. */
  public LearnedPictures learned() {
    return new LearnedPictures(split, leftOutShare);
  }
}
