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
import dev.wsss.train.config.ResolvedRun;
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

  private ResolvedRun run(String command, String... overrides) {
    return ResolvedRun.load("quickstart-base", overrides).askedForBy(List.of(command));
  }

  private void describe(SegmentationDataset data, String command, String... overrides)
      throws IOException {
    new RunFolder(temp).describe(run(command, overrides), data, "cpu");
  }

  private JsonObject provenance() throws IOException {
    return JsonParser.parseString(Files.readString(temp.resolve("provenance.json")))
        .getAsJsonObject();
  }

  @Test
  void saysWhereTheNumbersComeFrom() throws IOException {
    describe(new Greys(9, 0), "first", "training.seed=5");
    assertThat(temp.resolve("config.resolved.yaml")).content().contains("seed: 5");
    JsonObject provenance = provenance();
    assertThat(provenance.get("seed").getAsLong()).isEqualTo(5);
    JsonObject data = provenance.getAsJsonObject("data");
    assertThat(data.get("type").getAsString()).isEqualTo("synthetic");
    assertThat(data.get("fingerprint").getAsString()).matches("[0-9a-f]{64}");
    assertThat(data.get("pictures")).hasToString("{\"train\":1,\"val\":1}");
    assertThat(data.get("fingerprintOf").getAsString())
        .isEqualTo("pixels of up to 8 pictures a split");
    JsonObject identity = provenance.getAsJsonObject("identity");
    assertThat(identity.get("data")).isEqualTo(data.get("fingerprint"));
    assertThat(values(identity, "training").get("training.seed").getAsString()).isEqualTo("5");
    JsonObject scoring = values(identity, "scoring");
    assertThat(scoring.get("cams.scales").getAsString()).isEqualTo("[0.5, 1.0, 1.5, 2.0]");
    assertThat(scoring.get("metrics.cam-miou.modes").getAsString()).isEqualTo("[held-out, oracle]");
    JsonObject session = provenance.getAsJsonArray("sessions").get(0).getAsJsonObject();
    assertThat(session.get("command")).hasToString("[\"first\"]");
    assertThat(session.getAsJsonArray("modules")).isNotEmpty();
    assertThat(session.getAsJsonObject("machine").get("processors").getAsInt()).isPositive();
  }

  private static JsonObject values(JsonObject identity, String part) {
    return identity.getAsJsonObject(part).getAsJsonObject("values");
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
  void aRunIsNotResumedWithOtherSettings() throws IOException {
    describe(new Greys(9, 0), "first", "training.seed=5");
    String message =
        "cannot resume "
            + temp
            + ": since it was started, optimiser.rate was 0.1 and is 0.5, training.seed was 5 and"
            + " is 6; give the same configuration, or choose another folder";
    String[] other = {"training.seed=6", "optimiser.rate=0.5"};
    assertThatThrownBy(() -> new RunFolder(temp).requireSame(run("second", other).config()))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> describe(new Greys(9, 0), "second", other)).hasMessage(message);
    assertThat(provenance().getAsJsonArray("sessions")).hasSize(1);
    new RunFolder(temp)
        .requireSame(run("second", "training.seed=5", "training.workers=2").config());
  }

  @Test
  void otherScoringRemovesTheScoresThatStand() throws IOException {
    describe(new Greys(9, 0), "first");
    Files.createDirectories(temp.resolve("cams"));
    for (String file : List.of("scores.json", "curves.csv", "report.html", "cams/a.png")) {
      Files.writeString(temp.resolve(file), "old");
    }
    describe(new Greys(9, 0), "the same");
    assertThat(temp.resolve("scores.json")).exists();
    assertThat(temp.resolve("cams/a.png")).exists();
    describe(new Greys(9, 0), "other", "cams.flip=false");
    assertThat(temp).isDirectoryNotContaining("glob:**{scores.json,curves.csv,report.html,cams}");
    assertThat(new RunFolder(temp).identity().orElseThrow().scoring().values())
        .containsEntry("cams.flip", "false");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    for (String content : List.of("", "{\"seed\": 1}", "{\"seed\": ", "[]")) {
      Files.writeString(temp.resolve("provenance.json"), content);
      assertThatThrownBy(() -> new RunFolder(temp).identity())
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              temp.resolve("provenance.json")
                  + " cannot be used: it is damaged, or an earlier version wrote it; choose another"
                  + " folder");
    }
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
