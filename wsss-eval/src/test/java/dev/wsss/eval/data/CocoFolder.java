package dev.wsss.eval.data;

import dev.wsss.eval.coco.CrowdLabels;
import dev.wsss.eval.coco.CrowdMasks;
import dev.wsss.eval.data.CocoConfig.Labels;
import dev.wsss.eval.data.CocoConfig.Split;
import dev.wsss.eval.data.CocoConfig.Unlabelled;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A small data set in COCO's layout, with pictures of 8×6: to learn from a person over a car, and a
 * toothbrush; to score with a car. The last picture of {@code train} has no annotation.
 */
record CocoFolder(Path root) {
  static final String CATEGORIES =
      """
      [{"supercategory": "indoor", "id": 90, "name": "toothbrush"},
       {"supercategory": "person", "id": 1, "name": "person"},
       {"supercategory": "vehicle", "id": 3, "name": "car"}]""";

  static CocoFolder create(Path root) throws IOException {
    CocoFolder folder = new CocoFolder(root);
    folder.pictures("train2014", 9, 25, 30);
    folder.pictures("val2014", 42);
    folder.instances(
        "annotations/instances_train2014.json",
        images("COCO_train2014_", 9, 25, 30),
        annotation(9, 3, "[[1,1,6,1,6,5,1,5]]"),
        annotation(9, 1, "[[2,2,4,2,4,4,2,4]]"),
        annotation(25, 90, "{\"size\": [6, 8], \"counts\": [7, 3, 38]}"));
    folder.instances(
        "annotations/instances_val2014.json",
        images("COCO_val2014_", 42),
        annotation(42, 3, "[[0,0,4,0,4,6,0,6]]"));
    return folder;
  }

  /** The name that COCO gives a picture of 2014. */
  static String name(String prefix, int id) {
    return "%s%012d.jpg".formatted(prefix, id);
  }

  static String images(String prefix, int... ids) {
    StringBuilder images = new StringBuilder();
    for (int id : ids) {
      images
          .append(images.isEmpty() ? "" : ",\n ")
          .append(
              "{\"license\": 5, \"file_name\": \"%s\", \"height\": 6, \"width\": 8, \"id\": %d}"
                  .formatted(name(prefix, id), id));
    }
    return images.toString();
  }

  static String annotation(int image, int category, String segmentation) {
    return "{\"segmentation\": %s, \"iscrowd\": 0, \"image_id\": %d, \"category_id\": %d, \"id\": 1}"
        .formatted(segmentation, image, category);
  }

  void pictures(String folder, int... ids) throws IOException {
    for (int id : ids) {
      Path file = root.resolve(folder).resolve(name("COCO_" + folder + "_", id));
      TestImages.colour(file, 8, 6, 0x406080 + id);
    }
  }

  Path instances(String file, String images, String... annotations) throws IOException {
    return text(
        file,
        "{\"info\": {}, \"images\": [%s],\n\"licenses\": [],\n\"annotations\": [%s],\n\"categories\": %s}"
            .formatted(images, String.join(",\n ", annotations), CATEGORIES));
  }

  Path text(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  CocoConfig config() {
    return config(Map.of(), Labels.INSTANCES, Unlabelled.LEAVE_OUT, Optional.empty());
  }

  CocoConfig config(
      Map<String, Split> splits, Labels labels, Unlabelled unlabelled, Optional<String> masks) {
    return new CocoConfig(
        root, splits, labels, CrowdLabels.COUNT, CrowdMasks.IGNORE, unlabelled, masks, 1_000_000);
  }

  CocoDataset open() {
    return new CocoDataset(config());
  }
}
