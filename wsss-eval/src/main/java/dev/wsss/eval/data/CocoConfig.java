package dev.wsss.eval.data;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.coco.CrowdLabels;
import dev.wsss.eval.coco.CrowdMasks;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a data set in COCO's layout is, and what of its annotations counts. */
@Doc("COCO's own layout: annotations/instances_train2014.json and the folder train2014.")
public record CocoConfig(
    @Doc("Folder with annotations/, train2014/ and val2014/, or those of 2017.") Path root,
    @Doc(
            "Annotations and pictures of each split by its name; without any, train and val of the"
                + " one year that is there.")
        Map<String, Split> splits,
    @Doc(value = "Where image-level labels come from.", byDefault = "instances", origin = "choice")
        Labels labels,
    @Doc(
            value = "Whether regions of many objects (iscrowd) give their picture a label.",
            byDefault = "count",
            origin = "choice")
        CrowdLabels crowdLabels,
    @Doc(
            value =
                "What regions of many objects (iscrowd) are in masks: not counted, or their class.",
            byDefault = "ignore",
            origin = "choice")
        CrowdMasks crowdMasks,
    @Doc(
            value = "What to do with a picture without a label.",
            byDefault = "leave-out",
            origin = "choice")
        Unlabelled unlabelled,
    @Doc(
            "Folder below root with PNG masks, ID.png with a class's number from 1 in each pixel, to"
                + " score with instead of the instances.")
        Optional<String> masks,
    @Doc(
            value = "Larger pictures and masks are not decoded.",
            byDefault = "100000000",
            unit = "pixels",
            min = 1,
            max = 700000000,
            origin = "choice")
        long maxPixels) {

  public CocoConfig {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }

  /** With all defaults. */
  static CocoConfig usual(Path root) {
    return new CocoConfig(
        root,
        Map.of(),
        Labels.INSTANCES,
        CrowdLabels.COUNT,
        CrowdMasks.IGNORE,
        Unlabelled.LEAVE_OUT,
        Optional.empty(),
        PictureFile.MAX_PIXELS);
  }

  /** What a split is read from. */
  public record Split(
      @Doc("File of instances below root, such as annotations/instances_train2014.json.")
          String annotations,
      @Doc("Folder of pictures below root, such as train2014.") String images) {}

  /** Sources of image-level labels. */
  public enum Labels {
    /** Every class of which an instance is annotated. */
    INSTANCES,
    /** labels.csv: image,split,labels, the image as file_name says it. */
    CSV
  }

  /** What to do with a picture without a label. */
  public enum Unlabelled {
    /** It does not belong to the data set, as in the lists that are usual for COCO 2014. */
    LEAVE_OUT,
    /** It shows background only: keep it as an example of no class. */
    KEEP,
    /** It is a mistake: refuse the data set. */
    FAIL
  }
}
