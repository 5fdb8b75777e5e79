package dev.wsss.eval.refine.external;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;

/** The keys of {@link ExternalMasks}. */
@Doc("External masks: regions that another program drew each take the class of largest mean score.")
public record ExternalMasksConfig(
    @Doc(
            "Folder with a file for each picture, by its name in the data set: NAME.json with COCO's"
                + " run lengths, as Segment Anything writes them, or NAME.png with the number of a"
                + " region in each pixel, 0 for none.")
        Path folder,
    @Doc(
            value =
                "How much the class of a region counts in its pixels, beside the scores that they"
                    + " had: 1 for the region alone.",
            byDefault = "1",
            min = 0,
            max = 1,
            origin = "choice")
        double blend,
    @Doc(
            value =
                "Regions in which no class, nor background, has this mean score leave their pixels"
                    + " as they are.",
            byDefault = "0",
            min = 0,
            max = 1,
            origin = "choice")
        double minimumScore) {}
