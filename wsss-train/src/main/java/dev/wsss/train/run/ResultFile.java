package dev.wsss.train.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code scores.json} of a run's folder: it stands only once the run is finished. */
final class ResultFile {
  private static final Gson GSON =
      new GsonBuilder().serializeSpecialFloatingPointValues().setPrettyPrinting().create();

  private final Path file;

  ResultFile(Path runFolder) {
    this.file = runFolder.resolve("scores.json");
  }

  void write(RunResult result) throws IOException {
    WholeFile.write(file, target -> Files.writeString(target, GSON.toJson(result)));
  }

  Optional<RunResult> read() throws IOException {
    return Files.exists(file)
        ? Optional.of(GSON.fromJson(Files.readString(file), RunResult.class))
        : Optional.empty();
  }
}
