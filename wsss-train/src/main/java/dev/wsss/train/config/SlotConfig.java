package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.train.config.binding.Inline;
import java.util.Map;

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
    @Doc(
            "Named refiners that move the teacher's maps to the edges of the pictures before the"
                + " module sees them, in their order, such as pixel-adaptive; an extension of the"
                + " method. A refiner's type is its name unless it says otherwise.")
        Map<String, Choice<PseudoLabelRefiner>> refine,
    @Inline @Doc("Module in this slot.") Choice<SelfSupervision<?>> module) {}
