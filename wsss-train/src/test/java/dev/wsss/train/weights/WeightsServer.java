package dev.wsss.train.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** A server on the loopback with one file, which it gives well or badly. */
public final class WeightsServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] file;
  private final Deque<Manner> manners = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** How a request is answered; those without a manner get what they ask for. */
  public enum Manner {
    /** Seven bytes come, and the line is cut. */
    CUT,
    /** The whole file comes, whatever part was asked for. */
    WHOLE,
    /** There is no such file. */
    MISSING
  }

  public WeightsServer(byte[] file, Manner... manners) throws IOException {
    this.file = file.clone();
    this.manners.addAll(List.of(manners));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI address() {
    return URI.create(authority() + "/models/net.pth");
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String authority() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Of each request: what was asked for, and which part of it, or {@code all}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI() + " " + (range == null ? "all" : range));
    Manner manner = manners.poll();
    if (manner == Manner.MISSING) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from =
        range == null || manner == Manner.WHOLE
            ? 0
            : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (from >= file.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
    int to = manner == Manner.CUT ? Math.min(file.length, from + 7) : file.length;
    exchange.getResponseBody().write(Arrays.copyOfRange(file, from, to));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
