package dev.wsss.api.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.config.Spelling;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.tensor.Constants;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of named tensors, whatever wrote it: safetensors, also in parts with an index; PyTorch's
 * {@code torch.save}; MXNet's {@code .params}; numpy's {@code .npz}. Its content says which, not
 * its name. What it says of itself was checked against its length. Tensors are read one by one, so
 * that those nobody asks for may have any type; a tensor of F16, BF16, F32 or F64 comes as float32.
 *
 * <p>No length in the file is believed before it was compared with the file's size, nothing in it
 * is run, and the tensor library sees no type of the file's. Every error is a {@link
 * WeightsException} that names the file.
 */
public final class WeightsFile {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Path path;
  private final String format;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private WeightsFile(Path path, String format, Map<String, StoredTensor> tensors) {
    this.path = path;
    this.format = format;
    this.tensors = tensors;
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
  }

  /**
   * Reads and checks what the file says of its tensors, and none of their values.
   *
   * @throws WeightsException if there is no such file, or it is cut off, damaged or of an unknown
   *     format
   * @throws CancellationException if the thread is interrupted, as wherever values are read
   */
  public static WeightsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException(
          "weights %s: %s"
              .formatted(
                  path,
                  Files.isDirectory(path)
                      ? "a folder, no file" + usualNames(path, "in it are ")
                      : "no such file" + beside(path)));
    }
    try {
      SourceFile file = new SourceFile(path);
      WeightsFormat format = KnownFormats.of(file);
      return new WeightsFile(path, format.title(), tensors(file, format));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Map<String, StoredTensor> tensors(SourceFile file, WeightsFormat format)
      throws IOException {
    try {
      return format.tensors(file);
    } catch (IllegalArgumentException e) {
      throw file.unreadable(format.title(), String.valueOf(e.getMessage()));
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The name of its format, for people, such as {@code safetensors}. */
  public String format() {
    return format;
  }

  /** The shapes of its tensors by name, in the file's order. */
  public Map<String, Shape> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  /** The type of a tensor's values, in the words of safetensors: {@code F32}, {@code I64}, …. */
  public String type(String name) {
    return tensor(name).type().name();
  }

  /** Bytes of a tensor's values. */
  public long bytes(String name) {
    return tensor(name).bytes();
  }

  /** The files that the values are in: itself, or those that an index names. */
  Set<Path> files() {
    return tensors.values().stream().map(StoredTensor::file).collect(Collectors.toSet());
  }

  /**
   * Reads a tensor as float32 into memory of {@code manager}.
   *
   * @throws WeightsException if there is no such tensor, if it has a type other than F16, BF16, F32
   *     and F64, or if it holds NaN or infinity, or a number beyond float32
   */
  public NDArray read(NDManager manager, String name) {
    float[] values = values(name);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw error(
            name,
            "holds %s (value %d of %d); weights must be finite"
                .formatted(values[i], i + 1, values.length));
      }
    }
    return Constants.of(manager, values, tensor(name).shape().getShape());
  }

  /**
   * The values of a tensor as float32, row by row, NaN and infinity included.
   *
   * @throws WeightsException if there is no such tensor, or if it has a type other than F16, BF16,
   *     F32 and F64
   */
  public float[] values(String name) {
    StoredTensor tensor = tensor(name);
    StoredType type = tensor.type();
    if (!type.isReadable()) {
      throw error(name, "has the type " + type + "; allowed: F16, BF16, F32, F64");
    }
    if (tensor.count() > LARGEST_ARRAY) {
      throw error(
          name, "has %d values; at most %d can be read".formatted(tensor.count(), LARGEST_ARRAY));
    }
    float[] values = new float[(int) tensor.count()];
    FloatBuffer target = FloatBuffer.wrap(values);
    read(name, chunk -> type.read(chunk, target));
    return values;
  }

  /** Gives a tensor's values to the sink as they are stored, little-endian and row by row. */
  void read(String name, TensorValues.Sink sink) {
    try {
      TensorValues.read(tensor(name), sink);
    } catch (IllegalArgumentException e) {
      throw error(name, "cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new WeightsException(
          "weights %s: no tensor %s%s"
              .formatted(path, Shown.name(name), Spelling.suggestion(name, tensors.keySet())));
    }
    return tensor;
  }

  private WeightsException error(String tensor, String reason) {
    return new WeightsException(
        "weights %s: tensor %s %s".formatted(path, Shown.name(tensor), reason));
  }

  private static RuntimeException unreadable(Path path, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new CancellationException("stopped while weights were read");
    }
    return new WeightsException("weights " + path + " cannot be read: " + e.getMessage(), e);
  }

  private static String beside(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return ", nor its folder";
    }
    return usualNames(folder, "in its folder are ");
  }

  private static String usualNames(Path folder, String where) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(KnownFormats::isUsualName)
              .sorted()
              .limit(10)
              .toList();
      return names.isEmpty()
          ? ""
          : names.stream().collect(Collectors.joining(", ", "; " + where, ""));
    } catch (IOException e) {
      return "";
    }
  }
}
