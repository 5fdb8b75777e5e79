package dev.wsss.api.weights;

import com.google.gson.stream.JsonWriter;
import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes weights of any format as one safetensors file, with the types that they have. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  /** Networks share a few tensors between layers; a file that says more than that is hostile. */
  private static final int MOST_TIMES_ITS_SIZE = 4;

  private SafetensorsWriter() {}

  /**
   * Writes all tensors under their names, in their order; a few at a time are in memory.
   *
   * @param target is overwritten
   * @throws WeightsException if the weights cannot be read, or name the same bytes so often that
   *     the file would be several times as long
   * @throws IOException if the target cannot be written
   */
  public static void write(WeightsFile weights, Path target) throws IOException {
    requireSensibleSize(weights);
    byte[] header = header(weights).getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-header.length, ALIGNMENT);
    ByteBuffer start =
        ByteBuffer.allocate(Long.BYTES + header.length + padding).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length + padding).put(header);
    while (start.hasRemaining()) {
      start.put((byte) ' ');
    }
    try (FileChannel out =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(out, start.flip());
      for (String name : weights.shapes().keySet()) {
        weights.read(name, values -> writeAll(out, values));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void requireSensibleSize(WeightsFile weights) throws IOException {
    long bytes = weights.shapes().keySet().stream().mapToLong(weights::bytes).sum();
    long size = 0;
    for (Path file : weights.files()) {
      size += Files.size(file);
    }
    if (bytes > MOST_TIMES_ITS_SIZE * size) {
      throw new WeightsException(
          "weights %s: its tensors would take %d bytes, and it has %d: it names some values many times"
              .formatted(weights.path(), bytes, size));
    }
  }

  private static String header(WeightsFile weights) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      long begin = 0;
      for (String name : weights.shapes().keySet()) {
        long end = begin + weights.bytes(name);
        json.name(name).beginObject();
        json.name("dtype").value(weights.type(name));
        json.name("shape").beginArray();
        for (long size : weights.shapes().get(name).getShape()) {
          json.value(size);
        }
        json.endArray();
        json.name("data_offsets").beginArray().value(begin).value(end).endArray();
        json.endObject();
        begin = end;
      }
      json.endObject();
    }
    return text.toString();
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // told apart from an error of the file that is read
    }
  }
}
