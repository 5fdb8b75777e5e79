package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Numbers by split in a stage's folder, as JSON.
 *
 * @param file its place
 */
record SplitFile(Path file) {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  void write(Map<String, ?> bySplit) throws IOException {
    WholeFile.write(file, to -> Files.writeString(to, GSON.toJson(bySplit) + "\n"));
  }

  /**
   * Reads what was written; empty where there is no file.
   *
   * @throws PipelineException if it is damaged
   */
  <T> Map<String, T> read(Class<T> numbers) throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      TypeToken<?> type = TypeToken.getParameterized(TreeMap.class, String.class, numbers);
      Map<String, T> bySplit = GSON.fromJson(Files.readString(file), type.getType());
      bySplit.values().forEach(Objects::requireNonNull);
      return bySplit;
    } catch (RuntimeException e) {
      throw new PipelineException(
          file + " is damaged; bring back what was written, or make its stage again with --from",
          e);
    }
  }
}
