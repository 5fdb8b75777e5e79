package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.SegmentationHead;

/** A backbone with a segmentation head. */
public record SegmentationNetworkConfig(
    @Doc("Network that turns pictures into features.") Choice<Backbone> backbone,
    @Doc(
            value = "Layers that turn features into scores of background and classes.",
            byDefault = "{type: large-field-of-view}")
        Choice<SegmentationHead> head) {}
