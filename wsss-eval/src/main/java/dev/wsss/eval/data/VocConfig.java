package dev.wsss.eval.data;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a data set in the layout of PASCAL VOC is, and where its labels come from. */
@Doc("Folder in the layout of PASCAL VOC.")
public record VocConfig(
    @Doc(
            "Folder with JPEGImages/, ImageSets/Segmentation/ and, for scoring, SegmentationClass/"
                + " (VOC2012, not VOCdevkit).")
        Path root,
    @Doc(
            value =
                "Where image-level labels come from; auto takes the first of xml, csv and masks"
                    + " that is there.",
            byDefault = "auto",
            origin = "choice")
        Labels labels,
    @Doc(
            value = "What to do with a picture without a label.",
            byDefault = "fail",
            origin = "choice")
        Unlabelled unlabelled,
    @Doc(
            "What values of the masks stand for, where not for themselves: a class, background,"
                + " ignore (not counted) or an index, for example {220: ignore}.")
        Map<String, String> maskValues,
    @Doc(
            value = "Larger pictures and masks are not decoded.",
            byDefault = "100000000",
            unit = "pixels",
            min = 1,
            max = 700000000,
            origin = "choice")
        long maxPixels) {

  public VocConfig {
    maskValues = Collections.unmodifiableMap(new LinkedHashMap<>(maskValues));
  }

  /** Sources of image-level labels. */
  public enum Labels {
    /** The first of the others that is there. */
    AUTO,
    /** Object names in Annotations/ID.xml, difficult ones too. */
    XML,
    /** image_labels.csv: id,split,classes. */
    CSV,
    /** Classes in the masks, which are all decoded at the start. */
    MASKS
  }
}
