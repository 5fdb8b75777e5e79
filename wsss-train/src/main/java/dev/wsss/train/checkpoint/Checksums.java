package dev.wsss.train.checkpoint;

import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code SHA256SUMS} beside the files of a folder, as {@code sha256sum -c} reads it: one line for
 * each file. Storage that changes a bit, or a copy that was cut off, is found before a number of it
 * is used.
 */
final class Checksums {
  static final String FILE = "SHA256SUMS";

  private final Path folder;
  private final List<String> files;

  /**
   * @param files names, in the order of the lines
   */
  Checksums(Path folder, List<String> files) {
    this.folder = folder;
    this.files = List.copyOf(files);
  }

  void write() throws IOException {
    Files.writeString(folder.resolve(FILE), String.join("", lines().values()));
  }

  /**
   * @throws IOException if a file is missing or is not as it was written, naming it
   */
  void verify() throws IOException {
    Map<String, String> lines = lines();
    // Any byte may be damaged, so that decoding must not fail.
    String written = Files.readString(folder.resolve(FILE), StandardCharsets.ISO_8859_1);
    List<String> changed =
        files.stream().filter(file -> !written.contains(lines.getOrDefault(file, ""))).toList();
    if (!changed.isEmpty()) {
      throw new IOException(
          String.join(", ", changed) + ": not the checksum that " + FILE + " has");
    }
    if (!written.equals(String.join("", lines.values()))) {
      throw new IOException(FILE + " is not as it was written");
    }
  }

  /** By file. */
  private Map<String, String> lines() throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String file : files) {
      Path path = folder.resolve(file);
      if (!Files.isRegularFile(path)) {
        throw new IOException(file + " is missing");
      }
      lines.put(file, Sha256.of(path) + "  " + file + "\n");
    }
    return lines;
  }
}
