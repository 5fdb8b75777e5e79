package dev.wsss.train.weights;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Weights by name.
 *
 * @param all in the order of the list
 */
public record Catalogue(List<PublishedWeights> all) {
  private static final String BUILT_IN = "/wsss/weights.csv";

  public Catalogue {
    all = List.copyOf(all);
  }

  /** What this program knows of. */
  public static Catalogue builtIn() {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (InputStream in =
            Objects.requireNonNull(Catalogue.class.getResourceAsStream(BUILT_IN), BUILT_IN);
        InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return new Catalogue(format.parse(text).stream().map(Catalogue::weights).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedWeights weights(CSVRecord line) {
    return new PublishedWeights(
        line.get("name"),
        URI.create(line.get("address")),
        line.get("sha256"),
        line.get("description"));
  }

  /** Names of backbones, for each of which there is one. */
  public List<String> names() {
    return all.stream().map(PublishedWeights::name).toList();
  }

  /**
   * The weights of that name.
   *
   * @throws WeightsException if there are none
   */
  public PublishedWeights find(String name) {
    List<String> names = names();
    return all.stream()
        .filter(weights -> weights.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WeightsException(
                    "no address of weights called '%s' is known; allowed: %s%s"
                        .formatted(
                            name, String.join(", ", names), Spelling.suggestion(name, names))));
  }
}
