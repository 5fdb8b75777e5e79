package dev.wsss.train.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code masks} in a pipeline's folder: a link to the pseudo labels that its last run made or kept,
 * so that they have a path which does not change with what they were made from.
 */
final class MaskLink {
  private static final Logger LOG = LoggerFactory.getLogger(MaskLink.class);

  private MaskLink() {}

  /** Does nothing where the system has no links, as Windows for most users. */
  static void write(Path folder, Optional<Path> masks) {
    Path link = folder.resolve("masks");
    if (Files.exists(link) && !Files.isSymbolicLink(link)) {
      return; // somebody's own
    }
    try {
      Files.deleteIfExists(link.resolveSibling(".masks.new"));
      if (masks.isEmpty()) {
        Files.deleteIfExists(link); // those of other settings would be taken for these
        return;
      }
      Path to = folder.toAbsolutePath().relativize(masks.get().toAbsolutePath());
      Path made = Files.createSymbolicLink(link.resolveSibling(".masks.new"), to);
      Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("no link to the masks", e);
    }
  }
}
