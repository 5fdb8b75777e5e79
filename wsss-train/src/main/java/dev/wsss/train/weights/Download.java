package dev.wsss.train.weights;

import dev.wsss.api.network.WeightsException;
import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Fetches published weights. What has come of a file lies beside it as {@code FILE.part}, so that a
 * download that was cut goes on; the file itself is there when it is whole and its checksum is
 * right.
 *
 * @param environment variables by name, for proxies and {@code WSSS_OFFLINE}
 */
public record Download(Map<String, String> environment) {
  private static final int TRIES = 3;
  private static final int MILLISECONDS_OF_SILENCE = 30_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int REST_FOLLOWS = 206;
  private static final int NOTHING_BEHIND = 416;

  /** Is told how far it is. */
  public interface Progress {
    /**
     * Some bytes came.
     *
     * @param total of the file; −1 where the server does not say
     */
    void at(long bytes, long total);
  }

  public Download {
    environment = Map.copyOf(environment);
  }

  /**
   * Makes {@code target} the weights; leaves it as it is where it holds them already.
   *
   * @return its SHA-256
   * @throws WeightsException if what is there, or what came, is another file, or if nothing may be
   *     downloaded
   * @throws UncheckedIOException if the line or the disk fails; the next call goes on
   */
  public String fetch(PublishedWeights weights, Path target, Progress progress) {
    try {
      if (Files.exists(target)) {
        return requireRight(weights, target, "is there already; move it away to fetch them");
      }
      requireOnline(weights, target);
      Path part = target.resolveSibling(target.getFileName() + ".part");
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      transfer(weights, part, progress);
      String sum = Sha256.of(part);
      if (!sum.startsWith(weights.sha256())) {
        Files.delete(part);
        throw wrong(weights, weights.address().toString(), sum, "was deleted; try again");
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return sum;
    } catch (IOException e) {
      throw failed(weights, String.valueOf(e.getMessage()), e);
    }
  }

  private static String requireRight(PublishedWeights weights, Path file, String remedy)
      throws IOException {
    String sum = Sha256.of(file);
    if (!sum.startsWith(weights.sha256())) {
      throw wrong(weights, file.toString(), sum, remedy);
    }
    return sum;
  }

  private void requireOnline(PublishedWeights weights, Path target) {
    String offline = environment.getOrDefault("WSSS_OFFLINE", "");
    if (!offline.isEmpty() && !offline.equals("0") && !offline.equalsIgnoreCase("false")) {
      throw new WeightsException(
          "weights %s: WSSS_OFFLINE is %s, so that nothing is downloaded; bring %s to %s"
              .formatted(weights.name(), offline, weights.address(), target));
    }
  }

  /** Tries again where a line was cut, each time from where it stopped. */
  private void transfer(PublishedWeights weights, Path part, Progress progress) throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        rest(weights, part, progress);
        return;
      } catch (IOException e) {
        if (left == 0) {
          long bytes = Files.exists(part) ? Files.size(part) : 0;
          throw failed(weights, e + "; the same command goes on behind byte " + bytes, e);
        }
      }
    }
  }

  private void rest(PublishedWeights weights, Path part, Progress progress) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpURLConnection connection = connect(weights);
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      int status = connection.getResponseCode();
      if (status == NOTHING_BEHIND && have > 0) {
        restart(connection, part, have);
        return;
      }
      boolean goesOn =
          status == REST_FOLLOWS
              && String.valueOf(connection.getHeaderField("Content-Range"))
                  .startsWith("bytes " + have + "-");
      if (status != HttpURLConnection.HTTP_OK && !goesOn) {
        throw failed(weights, "the server answered " + status, new IOException("HTTP " + status));
      }
      write(connection, part, goesOn ? have : 0, progress);
    } finally {
      connection.disconnect();
    }
  }

  /** There is nothing behind what has come: it is whole, or it is of another file. */
  private static void restart(HttpURLConnection connection, Path part, long have)
      throws IOException {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    if (!range.equals("bytes */" + have)) {
      Files.delete(part);
      throw new IOException("what had come is longer than the file");
    }
  }

  private HttpURLConnection connect(PublishedWeights weights) throws IOException {
    URL url = weights.address().toURL();
    Optional<Proxy> proxy;
    try {
      proxy = new Proxies(environment).to(weights.address());
    } catch (IllegalArgumentException e) {
      throw new WeightsException("weights " + weights.name() + ": " + e.getMessage(), e);
    }
    HttpURLConnection connection =
        (HttpURLConnection)
            (proxy.isPresent() ? url.openConnection(proxy.get()) : url.openConnection());
    connection.setConnectTimeout(MILLISECONDS_OF_SILENCE);
    connection.setReadTimeout(MILLISECONDS_OF_SILENCE);
    return connection;
  }

  private static void write(HttpURLConnection connection, Path part, long begin, Progress progress)
      throws IOException {
    long length = connection.getContentLengthLong();
    long total = length < 0 ? -1 : begin + length;
    long at = begin;
    try (InputStream in = connection.getInputStream();
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(begin).position(begin);
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the download was stopped");
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
        while (bytes.hasRemaining()) {
          at += out.write(bytes);
        }
        progress.at(at, total);
      }
    }
    if (total >= 0 && at < total) {
      throw new IOException("the line was cut after %d of %d bytes".formatted(at, total));
    }
  }

  private static WeightsException wrong(
      PublishedWeights weights, String what, String sum, String remedy) {
    return new WeightsException(
        "weights %s: the SHA-256 of %s is %s and should %s %s; the file %s"
            .formatted(
                weights.name(),
                what,
                sum,
                weights.sha256IsWhole() ? "be" : "begin with",
                weights.sha256(),
                remedy));
  }

  private static UncheckedIOException failed(
      PublishedWeights weights, String reason, IOException cause) {
    return new UncheckedIOException(
        "weights %s from %s: %s".formatted(weights.name(), weights.address(), reason), cause);
  }
}
