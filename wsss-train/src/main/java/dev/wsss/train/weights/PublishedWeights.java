package dev.wsss.train.weights;

import java.net.URI;
import java.nio.file.Path;

/**
 * Weights that somebody published.
 *
 * @param name in the catalogue
 * @param address of the file
 * @param sha256 of the file in small hexadecimal letters: all 64, or as many of the first as its
 *     publisher tells, at least 8
 * @param description for people
 */
public record PublishedWeights(String name, URI address, String sha256, String description) {
  private static final int DIGITS = 64;

  public PublishedWeights {
    if (!sha256.matches("[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException(
          "sha256 is '%s'; allowed: 8 to 64 digits of 0-9 and a-f".formatted(sha256));
    }
  }

  /** The name that the file was published under. */
  public String fileName() {
    String path = address.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Options of a command that learns from the file: all of these want ImageNet's normalisation. */
  public String options(Path file) {
    return "-o network.backbone.weights=" + file + " -o network.backbone.input=imagenet";
  }

  /**
   * Whether the whole checksum is known, which no other file has, and not its first digits only.
   */
  public boolean sha256IsWhole() {
    return sha256.length() == DIGITS;
  }
}
