package dev.wsss.train.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    Path partial = file.resolveSibling(".scores.json.partial");
    Files.writeString(partial, GSON.toJson(result));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<RunResult> read() throws IOException {
    return Files.exists(file)
        ? Optional.of(GSON.fromJson(Files.readString(file), RunResult.class))
        : Optional.empty();
  }
}
