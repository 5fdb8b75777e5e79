package dev.wsss.backbones.weights;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wsss.api.network.WeightsException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A safetensors file whose header was read and agrees with the file's length.
 *
 * @param path where it is
 * @param shapes of its tensors by name, in the file's order
 */
record SafetensorsFile(Path path, Map<String, Shape> shapes) {
  private static final int PREFIX_BYTES = 8;
  private static final int LARGEST_HEADER = 100_000_000;

  /**
   * Reads the header.
   *
   * @throws WeightsException if there is no such file, or it is cut off or of another format
   */
  static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException("weights " + path + ": no such file" + beside(path));
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      long length = Files.size(path);
      byte[] start = in.readNBytes(PREFIX_BYTES + 1);
      if (start.length <= PREFIX_BYTES || start[PREFIX_BYTES] != '{') {
        throw notSafetensors(path, format(start));
      }
      long header = littleEndian(start);
      if (header < 2 || header > LARGEST_HEADER) {
        throw notSafetensors(path, "its header would have " + header + " bytes");
      }
      requireLength(path, PREFIX_BYTES + header, length);
      String json = "{" + new String(in.readNBytes((int) header - 1), StandardCharsets.UTF_8);
      JsonObject tensors = parse(path, json);
      Map<String, Shape> shapes = new LinkedHashMap<>();
      long data = 0;
      for (String name : tensors.keySet()) {
        if (!name.equals("__metadata__")) {
          try {
            JsonObject tensor = tensors.getAsJsonObject(name);
            shapes.put(name, shape(tensor));
            data = Math.max(data, tensor.getAsJsonArray("data_offsets").get(1).getAsLong());
          } catch (RuntimeException e) { // gson throws several kinds, none checked
            throw notSafetensors(path, "its header does not describe " + name);
          }
        }
      }
      requireLength(path, PREFIX_BYTES + header + data, length);
      return new SafetensorsFile(path, shapes);
    } catch (IOException e) {
      throw new WeightsException("weights " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads every tensor into {@code manager}, each with its name. */
  NDList read(NDManager manager) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return NDList.decode(manager, in);
    } catch (IOException | IllegalArgumentException e) {
      throw new WeightsException("weights " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Shape shape(JsonObject tensor) {
    return new Shape(
        tensor.getAsJsonArray("shape").asList().stream()
            .mapToLong(JsonElement::getAsLong)
            .toArray());
  }

  private static JsonObject parse(Path path, String json) {
    try {
      return JsonParser.parseString(json).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw notSafetensors(path, "its header is not JSON");
    }
  }

  private static void requireLength(Path path, long promised, long actual) {
    if (actual < promised) {
      throw new WeightsException(
          "weights %s is cut off: it should have %d bytes and has %d"
              .formatted(path, promised, actual));
    }
  }

  private static WeightsException notSafetensors(Path path, String reason) {
    return new WeightsException("weights " + path + " is not a safetensors file: " + reason);
  }

  private static String format(byte[] start) {
    if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
      return "it is an archive, such as PyTorch's .pth; save its state_dict as safetensors";
    }
    return "it does not begin with a header";
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = PREFIX_BYTES - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  private static String beside(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return ", nor its folder";
    }
    try (Stream<Path> files = Files.list(folder)) {
      String names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".safetensors"))
              .sorted()
              .limit(10)
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "" : "; in its folder are " + names;
    } catch (IOException e) {
      return "";
    }
  }
}
