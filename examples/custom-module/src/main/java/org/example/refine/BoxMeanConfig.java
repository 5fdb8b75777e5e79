package org.example.refine;

import dev.wsss.api.config.Doc;

/** Keys of the {@code box-mean} refiner. */
@Doc("Each score becomes the mean of those around it.")
public record BoxMeanConfig(
    @Doc(value = "How far the mean reaches to each side.", byDefault = "3", unit = "pixels", min = 0)
        int radius) {}
