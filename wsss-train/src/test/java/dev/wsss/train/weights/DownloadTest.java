package dev.wsss.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import dev.wsss.train.weights.WeightsServer.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on the loopback. */
class DownloadTest {
  private static final byte[] FILE = "weights of a network".getBytes(StandardCharsets.US_ASCII);

  /** {@code printf 'weights of a network' | sha256sum}. */
  private static final String SUM =
      "fad5a62c483c9f6d16e61df97ab77879bcf3bea2062eecf55476aa5142e24711";

  @TempDir Path folder;
  private Path target;
  private Path part;

  @BeforeEach
  void names() {
    target = folder.resolve("net.pth");
    part = folder.resolve("net.pth.part");
  }

  @Test
  void aFileComesWholeUnderItsName() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE)) {
      List<Long> seen = new ArrayList<>();

      String sum =
          download().fetch(published(server), target, (bytes, total) -> seen.add(total - bytes));

      assertThat(sum).isEqualTo(SUM);
      assertThat(target).hasBinaryContent(FILE);
      assertThat(part).doesNotExist();
      assertThat(server.requests()).containsExactly("/models/net.pth all");
      assertThat(seen).endsWith(0L);
    }
  }

  @Test
  void aLineThatIsCutGoesOnWhereItStopped() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE, Manner.CUT, Manner.CUT)) {
      fetch(download(), published(server));

      assertThat(target).hasBinaryContent(FILE);
      assertThat(server.requests())
          .containsExactly(
              "/models/net.pth all", "/models/net.pth bytes=7-", "/models/net.pth bytes=14-");
    }
  }

  @Test
  void aLineThatIsCutAgainAndAgainIsSaidAndTheNextCommandGoesOn() throws IOException {
    byte[] longer = Arrays.copyOf(FILE, 30);
    try (WeightsServer server = new WeightsServer(longer, Manner.CUT, Manner.CUT, Manner.CUT)) {
      assertThatThrownBy(() -> fetch(download(), published(server)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "weights net from %s: java.io.IOException: the line was cut after 21 of 30 bytes; the"
                      .formatted(server.address())
                  + " same command goes on behind byte 21");
      assertThat(part).hasSize(21);
      assertThat(target).doesNotExist();
    }
    Files.write(part, Arrays.copyOf(FILE, 11));
    try (WeightsServer server = new WeightsServer(FILE)) {
      fetch(download(), published(server));

      assertThat(target).hasBinaryContent(FILE);
      assertThat(server.requests()).containsExactly("/models/net.pth bytes=11-");
    }
  }

  @Test
  void aServerWithoutRangesIsAskedForAll() throws IOException {
    Files.write(part, Arrays.copyOf(FILE, 11));
    try (WeightsServer server = new WeightsServer(FILE, Manner.WHOLE)) {
      fetch(download(), published(server));

      assertThat(target).hasBinaryContent(FILE);
    }
  }

  @Test
  void aPartThatIsWholeIsCheckedAndTaken() throws IOException {
    Files.write(part, FILE);
    try (WeightsServer server = new WeightsServer(FILE)) {
      fetch(download(), published(server));

      assertThat(target).hasBinaryContent(FILE);
    }
  }

  @Test
  void aPartOfALongerFileIsFetchedAnew() throws IOException {
    Files.write(part, Arrays.copyOf(FILE, 50));
    try (WeightsServer server = new WeightsServer(FILE)) {
      fetch(download(), published(server));

      assertThat(target).hasBinaryContent(FILE);
      assertThat(server.requests())
          .containsExactly("/models/net.pth bytes=50-", "/models/net.pth all");
    }
  }

  @Test
  void anotherFileIsDeletedAndSaid() throws IOException {
    byte[] other = "<html>please log in</html>".getBytes(StandardCharsets.US_ASCII);
    try (WeightsServer server = new WeightsServer(other)) {
      assertThatThrownBy(() -> fetch(download(), published(server)))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              "weights net: the SHA-256 of %s is a28d35ff51bde278549d42921ceb33f8634d6652665270a390bd6748afeb43de and should begin with %s; the file was deleted;"
                      .formatted(server.address(), SUM.substring(0, 8))
                  + " try again");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatIsThereIsCheckedAndNeverReplaced() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE)) {
      Files.write(target, FILE);
      fetch(download(), published(server));
      Files.writeString(target, "mine");

      assertThatThrownBy(() -> fetch(download(), published(server)))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("weights net: the SHA-256 of " + target + " is ")
          .hasMessageEndingWith(
              " and should begin with %s; the file is there already; move it away to fetch them"
                  .formatted(SUM.substring(0, 8)));
      assertThat(target).hasContent("mine");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatRefusesIsAskedOnce() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE, Manner.MISSING)) {
      assertThatThrownBy(() -> fetch(download(), published(server)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("weights net from %s: the server answered 404".formatted(server.address()));
      assertThat(server.requests()).hasSize(1);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void offlineNothingIsAskedFor() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE)) {
      Download offline = new Download(Map.of("WSSS_OFFLINE", "true"));

      assertThatThrownBy(() -> fetch(offline, published(server)))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              "weights net: WSSS_OFFLINE is true, so that nothing is downloaded; bring %s to %s"
                  .formatted(server.address(), target));
      assertThat(server.requests()).isEmpty();
      Files.write(target, FILE);
      fetch(offline, published(server));
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsAsked() throws IOException {
    try (WeightsServer proxy = new WeightsServer(FILE)) {
      PublishedWeights far =
          new PublishedWeights("net", URI.create("http://weights.invalid/net.pth"), SUM, "");

      fetch(new Download(Map.of("HTTP_PROXY", proxy.authority())), far);

      assertThat(target).hasBinaryContent(FILE);
      assertThat(proxy.requests()).containsExactly("http://weights.invalid/net.pth all");
    }
  }

  @Test
  void anExceptionFromTheProxyIsHonoured() throws IOException {
    try (WeightsServer proxy = new WeightsServer(FILE);
        WeightsServer server = new WeightsServer(FILE)) {
      Map<String, String> environment =
          Map.of("http_proxy", proxy.authority(), "no_proxy", "localhost, 127.0.0.1");

      fetch(new Download(environment), published(server));

      assertThat(proxy.requests()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aProxyWithoutAPortIsSaid() throws IOException {
    try (WeightsServer server = new WeightsServer(FILE)) {
      Download download = new Download(Map.of("http_proxy", "proxy.example"));

      assertThatThrownBy(() -> fetch(download, published(server)))
          .isInstanceOf(WeightsException.class)
          .hasMessage("weights net: http_proxy is 'proxy.example'; allowed: http://HOST:PORT");
    }
  }

  private void fetch(Download download, PublishedWeights weights) {
    download.fetch(weights, target, (bytes, total) -> {});
  }

  private static Download download() {
    return new Download(Map.of());
  }

  private static PublishedWeights published(WeightsServer server) {
    return new PublishedWeights("net", server.address(), SUM.substring(0, 8), "");
  }
}
