package org.example.spark;

import dev.wsss.eval.predict.Predictor;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * A model that every process opens once, for all its tasks, until the process ends.
 *
 * @param id of the model
 * @param file content of the model's file, which each process fetches once
 * @param opened counts the sessions that were opened
 */
record ExecutorModel(UUID id, Broadcast<byte[]> file, LongAccumulator opened)
    implements Serializable {
  private static final Map<UUID, Predictor> OPEN = new ConcurrentHashMap<>();

  Predictor here() {
    return OPEN.computeIfAbsent(id, model -> open());
  }

  private Predictor open() {
    opened.add(1);
    try {
      Path copy = Files.createTempFile("wsss", ".onnx");
      try {
        Files.write(copy, file.value());
        return Predictor.open(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the model: " + e.getMessage(), e);
    }
  }
}
