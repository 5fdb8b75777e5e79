package dev.wsss.train.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run's result as a file; {@code scores.json} of its folder stands only once the run is finished.
 */
final class ResultFile {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final Path file;

  private ResultFile(Path file) {
    this.file = file;
  }

  static ResultFile of(Path runFolder) {
    return new ResultFile(runFolder.resolve("scores.json"));
  }

  static ResultFile at(Path file) {
    return new ResultFile(file);
  }

  /**
   * Writes the file whole.
   *
   * @param classes that values by class belong to
   */
  void write(RunResult result, ClassNames classes) throws IOException {
    String json = GSON.toJson(ResultJson.of(result, classes)) + "\n";
    WholeFile.write(file, target -> Files.writeString(target, json));
  }

  /**
   * Reads what {@link #write} wrote; empty where there is no file.
   *
   * @throws IOException if the file is damaged
   */
  Optional<RunResult> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ResultJson.read(JsonParser.parseString(Files.readString(file))));
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new IOException(
          file
              + " is damaged: "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + "; delete it and start the same command again, which then scores anew",
          e);
    }
  }
}
