package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code stages.json} of a pipeline's folder: where the stages are that its numbers come from, in
 * their order, as paths from that folder.
 */
final class StageIndex {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private StageIndex() {}

  private static Path file(Path folder) {
    return folder.resolve("stages.json");
  }

  static void write(Path folder, PipelineResult result) throws IOException {
    Path from = folder.toAbsolutePath().normalize();
    Map<String, String> stages = new LinkedHashMap<>();
    for (PipelineResult.Row row : result.rows()) {
      Path to = row.folder().toAbsolutePath().normalize();
      stages.put(row.stage(), from.relativize(to).toString().replace('\\', '/'));
    }
    WholeFile.write(file(folder), to -> Files.writeString(to, GSON.toJson(stages) + "\n"));
  }

  /**
   * Reads it; empty where there is none.
   *
   * @throws PipelineException if it is damaged
   */
  static Map<String, Path> read(Path folder) throws IOException {
    if (!Files.exists(file(folder))) {
      return Map.of();
    }
    try {
      Map<String, String> stages =
          GSON.fromJson(
              Files.readString(file(folder)), new TypeToken<LinkedHashMap<String, String>>() {});
      Map<String, Path> found = new LinkedHashMap<>();
      stages.forEach((stage, path) -> found.put(stage, folder.resolve(path).normalize()));
      return found;
    } catch (RuntimeException e) {
      throw new PipelineException(
          file(folder)
              + " is damaged; delete it and start the same command again, which writes it anew",
          e);
    }
  }
}
