package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  @TempDir private Path temp;

  private final PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());

  /** Two grey pictures of one class, whose mask is all of it. */
  private record Greys(int level, int label) implements SegmentationDataset {
    @Override
    public ClassNames classes() {
      return new ClassNames(List.of("thing", "other"));
    }

    @Override
    public List<String> splits() {
      return List.of("train", "val");
    }

    @Override
    public List<Example> examples(String split) {
      BitSet labels = new BitSet();
      labels.set(label);
      return List.of(new Example(split + "-1", labels));
    }

    @Override
    public RgbImage image(Example example) {
      byte grey = (byte) level;
      return new RgbImage(1, 1, new byte[] {grey, grey, grey});
    }

    @Override
    public Optional<IndexMask> mask(Example example) {
      return Optional.of(new IndexMask(1, 1, new byte[] {(byte) (label + 1)}));
    }
  }

  private RunConfig config() {
    ConfigLoader loader = new ConfigLoader(catalog, getClass().getClassLoader());
    return loader.bind(loader.load("quickstart-base", List.of("training.seed=5")), RunConfig.class);
  }

  private void describe(SegmentationDataset data, String command) throws IOException {
    new RunFolder(temp).describe("seed: 5\n", config(), data, catalog, List.of(command));
  }

  private JsonObject provenance() throws IOException {
    return JsonParser.parseString(Files.readString(temp.resolve("provenance.json")))
        .getAsJsonObject();
  }

  @Test
  void saysWhereTheNumbersComeFrom() throws IOException {
    describe(new Greys(9, 0), "first");
    assertThat(temp.resolve("config.resolved.yaml")).hasContent("seed: 5\n");
    JsonObject provenance = provenance();
    assertThat(provenance.get("seed").getAsLong()).isEqualTo(5);
    JsonObject data = provenance.getAsJsonObject("data");
    assertThat(data.get("type").getAsString()).isEqualTo("synthetic");
    assertThat(data.get("fingerprint").getAsString()).matches("[0-9a-f]{64}");
    assertThat(data.get("pictures")).hasToString("{\"train\":1,\"val\":1}");
    JsonObject scoring = provenance.getAsJsonObject("scoring");
    assertThat(scoring.getAsJsonObject("cams").get("scales")).hasToString("[0.5,1.0,1.5,2.0]");
    assertThat(scoring.getAsJsonObject("metrics").getAsJsonObject("cam-miou").get("modes"))
        .hasToString("[\"held-out\",\"oracle\"]");
    JsonObject session = provenance.getAsJsonArray("sessions").get(0).getAsJsonObject();
    assertThat(session.get("command")).hasToString("[\"first\"]");
    assertThat(session.getAsJsonArray("modules")).isNotEmpty();
    assertThat(session.getAsJsonObject("machine").get("processors").getAsInt()).isPositive();
  }

  @Test
  void aResumedRunAddsASession() throws IOException {
    describe(new Greys(9, 0), "first");
    describe(new Greys(9, 0), "second");
    assertThat(provenance().getAsJsonArray("sessions"))
        .extracting(session -> session.getAsJsonObject().get("command").toString())
        .containsExactly("[\"first\"]", "[\"second\"]");
  }

  @Test
  void aRunIsNotResumedOnOtherData() throws IOException {
    describe(new Greys(9, 0), "first");
    String message =
        "the data set has changed since "
            + temp
            + " was started, so that run cannot go on; start a new one in another folder";
    assertThatThrownBy(() -> describe(new Greys(8, 0), "other pixels"))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> describe(new Greys(9, 1), "other labels")).hasMessage(message);
    assertThat(provenance().getAsJsonArray("sessions")).hasSize(1);
  }

  @Test
  void differencesAreOfValuesNotOfComments() throws IOException {
    RunFolder folder = new RunFolder(temp);
    assertThat(folder.difference("a: 1")).isEmpty();
    Files.writeString(folder.configuration(), "a: 1 # there\nb: {c: 2}\n");
    assertThat(folder.difference("a: 1 # here\nb:\n  c: 2\n")).isEmpty();
    assertThat(folder.difference("a: 1\nb: {c: 3}\n")).hasValue("'c: 2' there, 'c: 3' here");
    assertThat(folder.difference("a: 1\n")).hasValue("'b:' there, 'nothing' here");
  }

  @Test
  void aFolderIsUsedOnceSomethingIsInIt() throws IOException {
    assertThat(new RunFolder(temp.resolve("none")).isUsed()).isFalse();
    assertThat(new RunFolder(temp).isUsed()).isFalse();
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(new RunFolder(temp).isUsed()).isTrue();
    assertThat(new RunFolder(file).isUsed()).isTrue();
  }
}
