package dev.wsss.eval.predict;

import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder that are finished, a row each, written as soon as they are: what a call
 * after a killed one goes on from. Held by one process at a time.
 */
final class Journal implements AutoCloseable {
  private final FileChannel held;
  private final FileChannel channel;
  private final Map<String, LabelledRow> rows;

  private Journal(FileChannel held, FileChannel channel, Map<String, LabelledRow> rows) {
    this.held = held;
    this.channel = channel;
    this.rows = rows;
  }

  /**
   * Opens the journal of a folder, without the row that a killed process was writing.
   *
   * @throws PredictionFolderException if another process is writing to the folder
   */
  static Journal open(Path folder, int classes) throws IOException {
    FileChannel held =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock(held) == null) {
        throw new PredictionFolderException(
            folder + " is being written to by another process; wait for it, or choose another");
      }
      Path file = folder.resolve(".journal.csv");
      Map<String, LabelledRow> rows = read(file, classes);
      WholeFile.write(file, to -> Files.writeString(to, text(rows.values())));
      return new Journal(held, FileChannel.open(file, StandardOpenOption.APPEND), rows);
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static Map<String, LabelledRow> read(Path file, int classes) throws IOException {
    Map<String, LabelledRow> rows = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return rows;
    }
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(Files.readString(file)))) {
      for (CSVRecord record : parser) {
        List<String> fields = record.toList();
        if (LabelledRow.isWhole(fields, classes)) {
          rows.put(fields.get(0), LabelledRow.of(fields, classes));
        }
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      return rows; // the last row ends in the middle of a name
    }
    return rows;
  }

  private static String text(Iterable<LabelledRow> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT)) {
      for (LabelledRow row : rows) {
        printer.printRecord(row.fields());
      }
    }
    return text.toString();
  }

  /** Finished pictures by the absolute path of their file. */
  Map<String, LabelledRow> rows() {
    return rows;
  }

  /** Notes that all files of a picture are written. */
  synchronized void add(LabelledRow row) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text(List.of(row)).getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    rows.put(row.file(), row);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    held.close();
  }
}
