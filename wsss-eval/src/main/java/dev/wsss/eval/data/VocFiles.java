package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where pictures and masks lie in the layout of PASCAL VOC, and its classes. */
record VocFiles(Path root) {
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

  PictureFile picture(String id) {
    return new PictureFile(root.resolve("JPEGImages").resolve(id + ".jpg"));
  }

  Path maskFile(String id) {
    return root.resolve("SegmentationClass").resolve(id + ".png");
  }

  /** The checked mask; empty where the data set has none for the picture. */
  Optional<IndexMask> mask(String id) throws BadImageException {
    Path file = maskFile(id);
    return Files.exists(file)
        ? Optional.of(new MaskFile(file).readFor(picture(id), CLASSES))
        : Optional.empty();
  }
}
