package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where pictures and masks of a {@link FolderDataset} lie. */
record FolderFiles(Path root, MaskFolder masks, long maxPixels) {

  /** Where pictures lie below a root: in {@code images}, or, without that, in the root itself. */
  static String pictures(Path root) {
    return Files.isDirectory(root.resolve("images")) ? "images" : "";
  }

  PictureFile picture(String id) {
    return new PictureFile(root.resolve(pictures(root)).resolve(id), maxPixels);
  }

  /** The checked mask; empty where there is none for the picture. */
  Optional<IndexMask> mask(String id) throws BadImageException {
    return masks.read(FolderTable.maskName(id), picture(id));
  }
}
