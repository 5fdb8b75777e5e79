package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.train.config.binding.Inline;

/** A self-supervision module in a slot, with the weight and start that belong to the slot. */
public record SlotConfig(
    @Doc(value = "Factor λ of this loss.", byDefault = "1.0", min = 0, origin = "authors")
        double weight,
    @Doc(
            value = "First epoch, from 1, in which the loss counts.",
            byDefault = "1",
            unit = "epochs",
            min = 1,
            origin = "choice")
        int fromEpoch,
    @Doc(
            value =
                "First step of the run, from 1, in which the loss counts; from-epoch holds too.",
            byDefault = "1",
            unit = "steps",
            min = 1,
            origin = "choice")
        int fromStep,
    @Inline @Doc("Module in this slot.") Choice<SelfSupervision<?>> module) {}
