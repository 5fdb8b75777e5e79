package dev.wsss.api.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Safetensors: the length of a header, the header in JSON, then all values without gaps. */
final class SafetensorsFormat implements WeightsFormat {
  private static final int PREFIX_BYTES = 8;
  private static final int LARGEST_HEADER = 100_000_000;

  @Override
  public String title() {
    return "safetensors";
  }

  @Override
  public boolean wrote(SourceFile file) {
    return file.byteAt(PREFIX_BYTES) == '{';
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    long header = file.part(0, PREFIX_BYTES, PREFIX_BYTES, "prefix").getLong();
    if (header < 2 || header > LARGEST_HEADER) {
      throw new IllegalArgumentException(
          "its header would have " + Long.toUnsignedString(header) + " bytes");
    }
    byte[] text = file.part(PREFIX_BYTES, header, LARGEST_HEADER, "header").array();
    Map<String, SafetensorsEntry> entries =
        SafetensorsHeader.parse(new String(text, StandardCharsets.UTF_8));
    long data = entries.values().stream().mapToLong(SafetensorsEntry::end).max().orElse(0);
    long dataAt = PREFIX_BYTES + header;
    file.requireBytes(dataAt, data);
    long behind = file.size() - dataAt - data;
    if (behind > 0) {
      throw new IllegalArgumentException("it has " + behind + " bytes behind its last tensor");
    }
    TensorTable tensors = new TensorTable();
    entries.forEach(
        (name, entry) ->
            tensors.add(
                name,
                () ->
                    StoredTensor.rows(
                        file.path(),
                        entry.type(),
                        entry.shape().getShape(),
                        dataAt + entry.begin())));
    return tensors.byName();
  }
}
