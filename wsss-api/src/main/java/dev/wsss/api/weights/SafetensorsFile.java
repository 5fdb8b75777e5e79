package dev.wsss.api.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.tensor.Constants;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A safetensors file whose header was read and agrees with the file's length. Tensors are read one
 * by one, so that those nobody asks for may have any type; a tensor of F16, BF16, F32 or F64 comes
 * as float32.
 *
 * <p>No length in the file is believed before it was compared with the file's size, and the tensor
 * library sees no type of the file's. Every error is a {@link WeightsException} that names the
 * file.
 */
public final class SafetensorsFile {
  private static final int PREFIX_BYTES = 8;
  private static final int LARGEST_HEADER = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final long dataAt;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private SafetensorsFile(Path path, long dataAt, Map<String, StoredTensor> tensors) {
    this.path = path;
    this.dataAt = dataAt;
    this.tensors = tensors;
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
  }

  /**
   * Reads and checks the header.
   *
   * @throws WeightsException if there is no such file, or it is cut off, damaged or of another
   *     format
   */
  public static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException("weights " + path + ": no such file" + beside(path));
    }
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      ByteBuffer start = ByteBuffer.allocate(PREFIX_BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
      fillUpToTheEnd(in, start);
      if (start.hasRemaining() || start.get(PREFIX_BYTES) != '{') {
        throw notSafetensors(path, format(start));
      }
      long header = start.getLong(0);
      if (header < 2 || header > LARGEST_HEADER) {
        throw notSafetensors(
            path, "its header would have " + Long.toUnsignedString(header) + " bytes");
      }
      requireLength(path, PREFIX_BYTES + header, in.size());
      byte[] text = new byte[(int) header];
      in.position(PREFIX_BYTES);
      fill(in, ByteBuffer.wrap(text));
      Map<String, StoredTensor> tensors = parse(path, text);
      long data = tensors.values().stream().mapToLong(StoredTensor::end).max().orElse(0);
      long dataAt = PREFIX_BYTES + header;
      requireLength(path, dataAt + Math.min(data, Long.MAX_VALUE - dataAt), in.size());
      long behind = in.size() - dataAt - data;
      if (behind > 0) {
        throw notSafetensors(path, "it has " + behind + " bytes behind its last tensor");
      }
      return new SafetensorsFile(path, dataAt, tensors);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The shapes of its tensors by name, in the header's order. */
  public Map<String, Shape> shapes() {
    return Collections.unmodifiableMap(shapes);
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
        throw new WeightsException(
            "weights %s: tensor %s holds %s (value %d of %d); weights must be finite"
                .formatted(path, SafetensorsHeader.shown(name), values[i], i + 1, values.length));
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
      throw new WeightsException(
          "weights %s: tensor %s has the type %s; allowed: F16, BF16, F32, F64"
              .formatted(path, SafetensorsHeader.shown(name), type));
    }
    long count = (tensor.end() - tensor.begin()) / type.bytes();
    if (count > Integer.MAX_VALUE - 8) {
      throw new WeightsException(
          "weights %s: tensor %s has %d values; at most %d can be read"
              .formatted(path, SafetensorsHeader.shown(name), count, Integer.MAX_VALUE - 8));
    }
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      requireLength(path, dataAt + tensor.end(), in.size());
      in.position(dataAt + tensor.begin());
      return convert(in, type, (int) count);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static float[] convert(SeekableByteChannel in, StoredType type, int count)
      throws IOException {
    float[] values = new float[count];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at < count) {
      int some = Math.min(count - at, CHUNK_BYTES / type.bytes());
      chunk.clear().limit(some * type.bytes());
      fill(in, chunk);
      chunk.flip();
      for (int i = 0; i < some; i++) {
        values[at++] = type.next(chunk);
      }
    }
    return values;
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new WeightsException(
          "weights %s: no tensor %s".formatted(path, SafetensorsHeader.shown(name)));
    }
    return tensor;
  }

  private static Map<String, StoredTensor> parse(Path path, byte[] text) {
    try {
      return SafetensorsHeader.parse(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw notSafetensors(path, String.valueOf(e.getMessage()));
    }
  }

  private static void fill(SeekableByteChannel in, ByteBuffer buffer) throws IOException {
    fillUpToTheEnd(in, buffer);
    if (buffer.hasRemaining()) {
      throw new EOFException("it became shorter while it was read");
    }
  }

  private static void fillUpToTheEnd(SeekableByteChannel in, ByteBuffer buffer) throws IOException {
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = in.read(buffer);
    }
  }

  private static void requireLength(Path path, long promised, long actual) {
    if (actual < promised) {
      throw new WeightsException(
          "weights %s is cut off: it should have %d bytes and has %d"
              .formatted(path, promised, actual));
    }
  }

  private static WeightsException unreadable(Path path, IOException e) {
    return new WeightsException("weights " + path + " cannot be read: " + e.getMessage(), e);
  }

  private static WeightsException notSafetensors(Path path, String reason) {
    return new WeightsException("weights " + path + " is not a safetensors file: " + reason);
  }

  private static String format(ByteBuffer start) {
    if (start.position() > 1 && start.get(0) == 'P' && start.get(1) == 'K') {
      return "it is an archive, such as PyTorch's .pth; save its state_dict as safetensors";
    }
    return "it does not begin with a header";
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
