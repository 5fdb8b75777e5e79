package dev.wsss.eval.data;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;

/** Where a plain folder of pictures is. */
@Doc("Plain folder: images, labels.csv, classes.txt, masks where there are some.")
public record FolderConfig(
    @Doc("Folder with images/, labels.csv, classes.txt and, for scoring, masks/.") Path root,
    @Doc(
            value = "What to do with a picture without a label.",
            byDefault = "fail",
            origin = "choice")
        Unlabelled unlabelled) {}
