package dev.wsss.train.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.wsss.api.network.WeightsException;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder {@code checkpoints/last} of whatever trains: its files, the progress as JSON, and
 * {@link Checksums} of all. It is replaced whole, and a file that is not as it was written is named
 * before anything is read.
 */
final class CheckpointFolder {
  private static final Gson GSON = new Gson();
  private static final String PROGRESS = "progress.json";

  private final Path runFolder;
  private final WholeFolder folder;
  private final List<String> files;

  /**
   * @param files those beside the progress
   */
  CheckpointFolder(Path runFolder, List<String> files) {
    this.runFolder = runFolder;
    this.folder = new WholeFolder(runFolder.resolve("checkpoints").resolve("last"));
    this.files = Stream.concat(files.stream(), Stream.of(PROGRESS)).toList();
  }

  /** Writes the files into a folder, or reads them from there. */
  @FunctionalInterface
  interface Content {
    void in(Path folder) throws IOException;
  }

  boolean exists() {
    return folder.current().isPresent();
  }

  /**
   * A text that no checkpoint of other values has: the checksum of the checksums of all files but
   * the progress, which says how long it took.
   *
   * @throws IOException if there is none
   */
  String id() throws IOException {
    Path last = folder.current().orElseThrow(() -> new IOException("there is no checkpoint"));
    try (Stream<String> lines = Files.lines(last.resolve(Checksums.FILE), ISO_8859_1)) {
      return Sha256.of(
          lines.filter(line -> !line.endsWith(PROGRESS)).collect(Collectors.joining("\n")));
    }
  }

  /**
   * Writes a checkpoint in place of the last one.
   *
   * @throws TrainingException if it cannot be written; the last one is kept
   */
  void save(Progress progress, Content written) {
    try {
      folder.replace(
          target -> {
            written.in(target);
            Files.writeString(target.resolve(PROGRESS), GSON.toJson(progress));
            new Checksums(target, files).write();
            return target;
          });
    } catch (IOException e) {
      throw new TrainingException(
          "the checkpoint of epoch "
              + progress.epoch()
              + " could not be written ("
              + WholeFile.naming(runFolder.resolve("checkpoints"), e).getMessage()
              + "); "
              + (progress.epoch() > 1
                  ? "that of epoch " + (progress.epoch() - 1) + " is kept"
                  : "there is none yet")
              + "; free space and run the same command again, wsss train with --resume",
          e);
    }
  }

  /**
   * Reads the checkpoint.
   *
   * @return how far training had come, empty where there is no checkpoint
   * @throws TrainingException if it is damaged or does not fit
   */
  Optional<Progress> load(Content read) {
    return folder.current().map(from -> load(from, read));
  }

  /** The same where there must be one. */
  void require(Content read) {
    Path from =
        folder
            .current()
            .orElseThrow(
                () -> new TrainingException("there is no checkpoint of a run in " + runFolder));
    load(from, read);
  }

  private Progress load(Path from, Content read) {
    try {
      Progress progress = verified(from);
      read.in(from);
      return progress;
    } catch (IOException | JsonParseException | WeightsException e) {
      throw new TrainingException(
          "checkpoint "
              + from
              + " cannot be used: "
              + e.getMessage()
              + "; bring back what was written, or delete the folder to start at the first epoch",
          e);
    }
  }

  /** An older format is told as such, not as damage: it has no checksums. */
  private Progress verified(Path from) throws IOException {
    if (Files.exists(from.resolve(Checksums.FILE))) {
      new Checksums(from, files).verify();
    }
    Progress progress = GSON.fromJson(Files.readString(from.resolve(PROGRESS)), Progress.class);
    if (progress == null || progress.format() != Progress.FORMAT) {
      throw new IOException(
          PROGRESS + " has another format than " + Progress.FORMAT + ", which this version reads");
    }
    if (!Files.exists(from.resolve(Checksums.FILE))) {
      throw new IOException(Checksums.FILE + " is missing");
    }
    return progress;
  }
}
