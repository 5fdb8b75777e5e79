package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.augment.OnBadImage;

/** Length, batch and seed of training from masks. */
public record SupervisedConfig(
    @Doc(
            value = "Passes over the pictures.",
            byDefault = "15",
            unit = "epochs",
            min = 1,
            origin = "choice")
        int epochs,
    @Doc(value = "Images a step.", byDefault = "8", unit = "images", min = 1, origin = "choice")
        int batch,
    @Doc(
            value =
                "Images whose graph is held at once; 0 takes the whole batch. Less memory; the loss"
                    + " is the batch's mean over labelled pixels either way, but batch norm that is"
                    + " trained sees fewer images.",
            byDefault = "0",
            unit = "images",
            min = 0,
            origin = "choice")
        int microBatch,
    @Doc(value = "Seed of everything random.", byDefault = "1") long seed,
    @Doc(
            value = "What to do with a picture or mask that cannot be decoded.",
            byDefault = "skip",
            origin = "choice")
        OnBadImage onBadImage,
    @Doc(
            value = "Largest loss that still counts as training; above it the run stops.",
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
        int workers) {}
