package org.example.spark;

import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.predict.PicturePrediction;
import dev.wsss.eval.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Labels the pictures of one task, several of one size a call. A picture that cannot be read or
 * labelled is a row with an error, whatever is wrong with it.
 *
 * @param source how the pictures' bytes are got
 */
record LabelPictures(ExecutorModel model, PictureSource source)
    implements MapPartitionsFunction<Row, Row> {
  private static final int PICTURES_A_CALL = 8;

  /**
   * Of a call of several. At scale 2, with mirror images, a network's first layers make some
   * hundred numbers of four pixels: half a gigabyte.
   */
  private static final long PIXELS_A_CALL = 600_000;

  /** A picture that is decoded and waits for its call. */
  private record Waiting(String id, RgbImage picture) {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    return new Labels(model.here(), rows);
  }

  private final class Labels implements Iterator<Row> {
    private final Predictor predictor;
    private final Iterator<Row> rows;
    private final Queue<Row> ready = new ArrayDeque<>();
    private final List<Waiting> waiting = new ArrayList<>();

    Labels(Predictor predictor, Iterator<Row> rows) {
      this.predictor = predictor;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        read(rows.next());
      }
      if (ready.isEmpty()) {
        label();
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    private void read(Row row) {
      String id = row.getString(0);
      try {
        RgbImage picture = decode(id, row);
        if (!waiting.isEmpty() && !fits(picture)) {
          label();
        }
        waiting.add(new Waiting(id, picture));
      } catch (IOException | RuntimeException e) {
        ready.add(LabelRow.failed(id, String.valueOf(e.getMessage())));
      }
    }

    private boolean fits(RgbImage picture) {
      RgbImage first = waiting.get(0).picture();
      long pixels = (long) picture.width() * picture.height();
      return picture.width() == first.width()
          && picture.height() == first.height()
          && waiting.size() < PICTURES_A_CALL
          && (waiting.size() + 1) * pixels <= PIXELS_A_CALL;
    }

    /** Decoders take files: the bytes lie in one for a moment, which the page cache holds. */
    private RgbImage decode(String id, Row row) throws IOException {
      return inFile(
          file -> {
            Files.write(file, source.bytes(row));
            try {
              return new PictureFile(file).read();
            } catch (IOException e) {
              throw new IOException(String.valueOf(e.getMessage()).replace(file.toString(), id), e);
            }
          });
    }

    private void label() {
      List<Waiting> now = List.copyOf(waiting);
      waiting.clear();
      try {
        ready.addAll(rows(now));
      } catch (IOException | RuntimeException e) {
        if (now.size() == 1) {
          ready.add(LabelRow.failed(now.get(0).id(), String.valueOf(e.getMessage())));
        } else { // one of them is to blame
          for (Waiting one : now) {
            waiting.add(one);
            label();
          }
        }
      }
    }

    private List<Row> rows(List<Waiting> pictures) throws IOException {
      if (pictures.isEmpty()) {
        return List.of();
      }
      List<PicturePrediction> predictions =
          predictor.predict(
              pictures.stream().map(Waiting::id).toList(),
              pictures.stream().map(Waiting::picture).toList());
      return inFile(
          file -> {
            List<Row> labelled = new ArrayList<>();
            for (PicturePrediction prediction : predictions) {
              labelled.add(LabelRow.of(prediction, predictor.info().classes(), file));
            }
            return labelled;
          });
    }
  }

  private interface InFile<T> {
    T with(Path file) throws IOException;
  }

  private static <T> T inFile(InFile<T> work) throws IOException {
    Path file = Files.createTempFile("wsss", ".picture");
    try {
      return work.with(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
