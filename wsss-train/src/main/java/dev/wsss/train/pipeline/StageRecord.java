package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code KEY.json} beside the folder of a stage: what it is made from, and whether it is finished.
 *
 * @param digest of the output; null while it is not finished
 * @param seconds so far
 * @param pictures 0 where it does not go by pictures, or is not finished
 * @param bytes 0 while it is not finished
 */
record StageRecord(
    StageInputs inputs, @Nullable String digest, double seconds, int pictures, long bytes) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  boolean isFinished() {
    return digest != null;
  }

  StageCost cost() {
    return new StageCost(seconds, pictures, bytes);
  }

  void write(Path folder) throws IOException {
    WholeFile.write(file(folder), file -> Files.writeString(file, GSON.toJson(this) + "\n"));
  }

  /** Where the record of a stage's folder is. */
  static Path file(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".json");
  }

  /**
   * Reads it; empty where there is none.
   *
   * @throws PipelineException if it is damaged
   */
  static Optional<StageRecord> read(Path folder) throws IOException {
    return readFile(file(folder));
  }

  /** Reads the record that is in a file. */
  static Optional<StageRecord> readFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      StageRecord record = GSON.fromJson(Files.readString(file), StageRecord.class);
      if (record == null || record.inputs == null) {
        throw new JsonParseException("it is empty");
      }
      return Optional.of(record);
    } catch (RuntimeException e) { // the reader wraps what a record's constructor throws
      throw new PipelineException(
          "%s is damaged, or an earlier version wrote it; bring back what was written, or delete it and the folder beside it"
              .formatted(file),
          e);
    }
  }
}
