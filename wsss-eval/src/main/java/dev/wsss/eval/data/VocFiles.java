package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskValues;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where pictures and masks lie in the layout of PASCAL VOC, and its classes.
 *
 * @param pictures file below {@code JPEGImages} by name without extension
 */
record VocFiles(Path root, Map<String, String> pictures, MaskFolder masks, long maxPixels) {
  static final ClassNames CLASSES =
      new ClassNames(
          List.of(
              "aeroplane",
              "bicycle",
              "bird",
              "boat",
              "bottle",
              "bus",
              "car",
              "cat",
              "chair",
              "cow",
              "diningtable",
              "dog",
              "horse",
              "motorbike",
              "person",
              "pottedplant",
              "sheep",
              "sofa",
              "train",
              "tvmonitor"));

  /** Looks for the pictures; reports names that two files have. */
  static VocFiles of(VocConfig config, DataFolder folder, DataProblems problems) {
    Map<String, String> pictures = new HashMap<>();
    for (String file : folder.files("JPEGImages")) {
      if (PictureFile.isPictureName(file)) {
        String other = pictures.putIfAbsent(file.substring(0, file.lastIndexOf('.')), file);
        if (other != null) {
          problems.add(
              "JPEGImages/%s and JPEGImages/%s are called alike; keep one".formatted(other, file));
        }
      }
    }
    MaskFolder masks =
        new MaskFolder(
            config.root().resolve("SegmentationClass"),
            MaskValues.of(CLASSES, config.maskValues()));
    return new VocFiles(config.root(), pictures, masks, config.maxPixels());
  }

  PictureFile picture(String id) {
    String file = pictures.getOrDefault(id, id + ".jpg");
    return new PictureFile(root.resolve("JPEGImages").resolve(file), maxPixels);
  }

  /** Where the mask of a picture lies, if it has one. */
  Path maskFile(String id) {
    return masks.folder().resolve(id + ".png");
  }

  /** The checked mask; empty where the data set has none for the picture. */
  Optional<IndexMask> mask(String id) throws BadImageException {
    return masks.read(id + ".png", picture(id));
  }
}
