package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;

/** A backbone with a CAM head. */
public record NetworkConfig(
    @Doc("Network that turns pictures into features.") Choice<Backbone> backbone,
    @Doc(
            value = "Layers that turn features into class activation maps.",
            byDefault = "{type: projected}")
        Choice<CamHead> head) {}
