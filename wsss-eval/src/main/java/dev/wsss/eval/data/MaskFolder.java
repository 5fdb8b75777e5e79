package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.MaskValues;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The exact masks below a folder, where there are some. */
record MaskFolder(Path folder, MaskValues values) {

  /** The file of a mask; its extension may be in capitals. */
  Optional<Path> file(String name) {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return Optional.of(file);
    }
    Path capitals = folder.resolve(name.substring(0, name.length() - 3) + "PNG");
    return Files.exists(capitals) ? Optional.of(capitals) : Optional.empty();
  }

  /** The checked mask of a picture; empty where there is none. */
  Optional<IndexMask> read(String name, PictureFile picture) throws BadImageException {
    Optional<Path> file = file(name);
    return file.isPresent()
        ? Optional.of(new MaskFile(file.get()).readFor(picture, values))
        : Optional.empty();
  }
}
