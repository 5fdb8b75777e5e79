package dev.wsss.api.weights;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON header of a safetensors file: {@code {"name": {"dtype": "F32", "shape": [2, 3],
 * "data_offsets": [0, 24]}, …}}. Every tensor's bytes must fit its type and shape, and the tensors
 * must fill the data without gaps, as the format demands.
 *
 * <p>An {@link IllegalArgumentException} says what is wrong, to stand behind the file's name.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";

  private final JsonReader json;
  private final Map<String, SafetensorsEntry> tensors = new LinkedHashMap<>();

  private SafetensorsHeader(String text) {
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
  }

  /** The tensors by name, in the header's order. */
  static Map<String, SafetensorsEntry> parse(String text) {
    SafetensorsHeader header = new SafetensorsHeader(text);
    try {
      header.read();
    } catch (IOException | JsonParseException | IllegalStateException e) { // gson throws each
      throw new IllegalArgumentException("its header is not JSON", e);
    }
    requireNoGapsNorOverlaps(header.tensors.values().stream().toList());
    return header.tensors;
  }

  private void read() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        json.skipValue();
      } else if (tensors.put(name, tensor(name)) != null) {
        throw new IllegalArgumentException("two tensors are called " + Shown.name(name));
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new IllegalStateException("more text behind the object");
    }
  }

  private SafetensorsEntry tensor(String name) throws IOException {
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw undescribed(name, "it is not an object");
    }
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "dtype" -> type = text(name);
        case "shape" -> shape = numbers(name, key);
        case "data_offsets" -> offsets = numbers(name, key);
        default -> throw undescribed(name, "the format has no " + Shown.name(key));
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null) {
      throw undescribed(
          name, "it has no " + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
    }
    return tensor(name, type, shape, offsets);
  }

  private String text(String tensor) throws IOException {
    if (json.peek() != JsonToken.STRING) {
      throw undescribed(tensor, "dtype is not a text");
    }
    return json.nextString();
  }

  private long[] numbers(String tensor, String key) throws IOException {
    if (json.peek() != JsonToken.BEGIN_ARRAY) {
      throw undescribed(tensor, key + " is not a list of whole numbers");
    }
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      numbers.add(number(tensor, key));
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private long number(String tensor, String key) throws IOException {
    if (json.peek() == JsonToken.NUMBER) {
      try {
        return Long.parseLong(json.nextString());
      } catch (NumberFormatException e) {
        throw undescribed(tensor, key + " is not a list of whole numbers");
      }
    }
    throw undescribed(tensor, key + " is not a list of whole numbers");
  }

  private static SafetensorsEntry tensor(
      String name, String typeName, long[] shape, long[] offsets) {
    StoredType type =
        StoredType.named(typeName)
            .orElseThrow(
                () ->
                    undescribed(
                        name,
                        "dtype is %s; the format has %s"
                            .formatted(Shown.name(typeName), StoredType.names())));
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
      throw undescribed(
          name, "data_offsets are not two numbers, the second not below the first, from 0 on");
    }
    long needed = bytes(name, type, shape);
    long found = offsets[1] - offsets[0];
    if (needed != found) {
      throw undescribed(
          name, "its shape takes %d bytes and data_offsets give it %d".formatted(needed, found));
    }
    return new SafetensorsEntry(name, type, new Shape(shape), offsets[0], offsets[1]);
  }

  private static long bytes(String name, StoredType type, long[] shape) {
    long bytes = type.bytes();
    for (long size : shape) {
      if (size < 0) {
        throw undescribed(name, "shape has a size below 0");
      }
      try {
        bytes = Math.multiplyExact(bytes, size);
      } catch (ArithmeticException e) {
        throw undescribed(name, "shape is larger than any file");
      }
    }
    return bytes;
  }

  private static void requireNoGapsNorOverlaps(List<SafetensorsEntry> tensors) {
    List<SafetensorsEntry> byPlace =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(SafetensorsEntry::begin)
                    .thenComparing(SafetensorsEntry::end))
            .toList();
    @Nullable SafetensorsEntry before = null;
    long end = 0;
    for (SafetensorsEntry tensor : byPlace) {
      if (before != null && tensor.begin() < end) {
        throw new IllegalArgumentException(
            "its tensors %s and %s share bytes %d to %d"
                .formatted(
                    Shown.name(before.name()),
                    Shown.name(tensor.name()),
                    tensor.begin(),
                    Math.min(end, tensor.end())));
      }
      if (tensor.begin() > end) {
        throw new IllegalArgumentException(
            "bytes %d to %d of its data belong to no tensor".formatted(end, tensor.begin()));
      }
      before = tensor;
      end = tensor.end();
    }
  }

  private static IllegalArgumentException undescribed(String tensor, String reason) {
    return new IllegalArgumentException(
        "its header does not describe " + Shown.name(tensor) + ": " + reason);
  }
}
