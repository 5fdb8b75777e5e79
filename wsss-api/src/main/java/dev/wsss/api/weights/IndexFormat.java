package dev.wsss.api.weights;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.wsss.api.config.Spelling;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The index of weights that were cut into several files beside it, such as {@code
 * model.safetensors.index.json}: {@code {"weight_map": {"name": "file", …}}}.
 */
final class IndexFormat implements WeightsFormat {
  private static final int LARGEST = 100_000_000;

  /** A length in binary would have zeros there. */
  private static final int BYTES_OF_TEXT = 8;

  @Override
  public String title() {
    return "index of files";
  }

  @Override
  public boolean wrote(SourceFile file) {
    for (int i = 0; i < BYTES_OF_TEXT; i++) {
      if (file.byteAt(i) < '\t') {
        return false;
      }
    }
    return file.beginsWith('{');
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    String text =
        new String(file.part(0, file.size(), LARGEST, "text").array(), StandardCharsets.UTF_8);
    Map<String, String> files = weightMap(text);
    Map<String, Map<String, StoredTensor>> parts = new HashMap<>();
    TensorTable tensors = new TensorTable();
    for (Map.Entry<String, String> entry : files.entrySet()) {
      String name = entry.getKey();
      String part = entry.getValue();
      Map<String, StoredTensor> found = parts.get(part);
      if (found == null) {
        found = part(file, part);
        parts.put(part, found);
      }
      StoredTensor tensor = found.get(name);
      if (tensor == null) {
        throw file.error(
            ": it places the tensor %s in %s, which has none of that name%s"
                .formatted(
                    Shown.name(name), Shown.name(part), Spelling.suggestion(name, found.keySet())));
      }
      tensors.add(name, () -> tensor);
    }
    return tensors.byName();
  }

  private Map<String, StoredTensor> part(SourceFile index, String name) throws IOException {
    if (!name.matches("[^/\\\\\\p{Cntrl}]+") || name.equals("..")) {
      throw new IllegalArgumentException(
          "it names the file '%s', which is not beside it".formatted(Shown.name(name)));
    }
    Path path = index.path().resolveSibling(name);
    if (!Files.isRegularFile(path)) {
      throw index.error(": it names the file %s, which is not beside it".formatted(path));
    }
    SourceFile file = new SourceFile(path);
    WeightsFormat format = KnownFormats.of(file);
    if (format instanceof IndexFormat) {
      throw index.error(": it names %s, which is an index itself".formatted(path));
    }
    try {
      return format.tensors(file);
    } catch (IllegalArgumentException e) {
      throw file.unreadable(format.title(), String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> weightMap(String text) {
    try {
      JsonReader json = new JsonReader(new StringReader(text));
      json.setStrictness(Strictness.STRICT);
      Map<String, String> map = new LinkedHashMap<>();
      json.beginObject();
      while (json.hasNext()) {
        if (!json.nextName().equals("weight_map")) {
          json.skipValue();
          continue;
        }
        json.beginObject();
        while (json.hasNext()) {
          String name = json.nextName();
          if (map.put(name, json.nextString()) != null) {
            throw new IllegalArgumentException("two tensors are called " + Shown.name(name));
          }
        }
        json.endObject();
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("it has more text behind its object");
      }
      if (map.isEmpty()) {
        throw new IllegalArgumentException("its weight_map names no tensor");
      }
      return map;
    } catch (IOException | JsonParseException | IllegalStateException e) { // gson throws each
      throw new IllegalArgumentException("it is not JSON with a weight_map of names to files", e);
    }
  }
}
