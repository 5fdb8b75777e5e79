package dev.wsss.eval.data;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a plain folder of pictures is. */
@Doc("Plain folder: images, labels.csv, classes.txt, masks where there are some.")
public record FolderConfig(
    @Doc("Folder with images/, labels.csv, classes.txt and, for scoring, masks/.") Path root,
    @Doc(
            value = "What to do with a picture without a label.",
            byDefault = "fail",
            origin = "choice")
        Unlabelled unlabelled,
    @Doc(
            "What values of the masks stand for, where not for themselves: a class, background,"
                + " ignore (not counted) or an index, for example {255: defect}.")
        Map<String, String> maskValues,
    @Doc(
            value = "Larger pictures and masks are not decoded.",
            byDefault = "100000000",
            unit = "pixels",
            min = 1,
            max = 700000000,
            origin = "choice")
        long maxPixels) {

  public FolderConfig {
    maskValues = Collections.unmodifiableMap(new LinkedHashMap<>(maskValues));
  }
}
