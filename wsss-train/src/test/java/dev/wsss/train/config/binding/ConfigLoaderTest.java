package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.binding.Sample.Folder;
import dev.wsss.train.config.binding.Sample.Run;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @TempDir private Path folder;
  @TempDir private Path jar;
  private ConfigLoader loader;

  @BeforeEach
  void shipTwoConfigurations() throws IOException {
    Path configs = Files.createDirectories(jar.resolve("wsss/configs"));
    Files.writeString(configs.resolve("index.txt"), "quickstart\nsmall.yaml\n");
    Files.writeString(
        configs.resolve("quickstart.yaml"), "base: small.yaml\noptimiser: {rate: 1}\n");
    Files.writeString(configs.resolve("small.yaml"), "data: {type: synthetic, pictures: 3}\n");
    URL[] urls = {jar.toUri().toURL()};
    loader = new ConfigLoader(Sample.catalog(), new URLClassLoader(urls, null));
  }

  @Test
  void aNameIsLookedUpOnTheClassPath() {
    ConfigTree expected =
        ConfigTree.parse("{data: {type: synthetic, pictures: 3}, optimiser: {rate: 1}}", "x");

    assertThat(loader.load("quickstart", List.of())).isEqualTo(expected);
    assertThat(loader.load("quickstart.yaml", List.of())).isEqualTo(expected);
    assertThat(loader.load("quickstart", List.of()).origin("optimiser.rate"))
        .contains("classpath:quickstart.yaml:2:19");
  }

  @Test
  void aFileComesBeforeTheClassPathAndItsBaseStandsBesideIt() throws IOException {
    Files.writeString(folder.resolve("small.yaml"), "data: {type: synthetic, pictures: 5}\n");
    Path run = Files.writeString(folder.resolve("run.yaml"), "base: small.yaml\n");

    assertThat(loader.load(run, List.of()).text("data.pictures")).contains("5");
    assertThat(loader.load(run.toString(), List.of()).text("data.pictures")).contains("5");
  }

  @Test
  void aBaseThatIsNotBesideTheFileIsLookedUpOnTheClassPath() throws IOException {
    Path run = Files.writeString(folder.resolve("run.yaml"), "base: quickstart\nnote: mine\n");

    ConfigTree tree = loader.load(run, List.of("optimiser.rate=2", "note=yours"));
    assertThat(tree.text("optimiser.rate")).contains("2");
    assertThat(tree.text("note")).contains("yours");
    assertThat(tree.keys()).containsExactly("data", "optimiser", "note");
  }

  @Test
  void pathsStartAtTheFileThatHoldsThem() throws IOException {
    Path sub = Files.createDirectories(folder.resolve("sub"));
    Files.writeString(sub.resolve("data.yaml"), "data: {type: folder, root: ../pictures}\n");
    Path run = Files.writeString(folder.resolve("run.yaml"), "base: sub/data.yaml\n");

    assertThat(root(loader.load(run, List.of()))).isEqualTo(folder.resolve("pictures"));
    assertThat(root(loader.load(run, List.of("data.root=here"))))
        .isEqualTo(Path.of("here").toAbsolutePath());
  }

  @Test
  void overridesAreOnePatchWhateverTheirOrder() throws IOException {
    Path run = Files.writeString(folder.resolve("run.yaml"), "data: {type: synthetic}\n");

    assertThat(loader.load(run, List.of("data.root=a", "data.type=folder")))
        .isEqualTo(loader.load(run, List.of("data.type=folder", "data.root=a")))
        .isEqualTo(ConfigTree.parse("data: {type: folder, root: a}", "x"));
    assertThat(loader.load(run, List.of("note=a", "note=b")).text("note")).contains("b");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> loader.load("quickstrat", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "configuration: found 'quickstrat': no such file, and no configuration of that name on"
                + " the class path; known are quickstart, small; did you mean 'quickstart'?");
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> loader.load(absent, List.of()))
        .hasMessage("configuration: found '" + absent + "': no such file");
  }

  @Test
  void anUnknownBaseStandsWhereItIsNamed() throws IOException {
    Path run = Files.writeString(folder.resolve("run.yaml"), "note: a\nbase: smal.yaml\n");

    assertThatThrownBy(() -> loader.load(run, List.of()))
        .hasMessage(
            run
                + ":2:7: base: found 'smal.yaml': no such file, and no configuration of that name"
                + " on the class path; known are quickstart, small; did you mean 'small'?");
  }

  @Test
  void aCycleOfBasesNamesEveryFile() throws IOException {
    Path a = Files.writeString(folder.resolve("a.yaml"), "base: b.yaml\n");
    Path b = Files.writeString(folder.resolve("b.yaml"), "base: ./a.yaml\n");

    assertThatThrownBy(() -> loader.load(a, List.of()))
        .hasMessage(
            b
                + ":1:7: base: a configuration cannot extend itself: "
                + String.join(" -> ", a.toString(), b.toString(), a.toString()));
  }

  @Test
  void everyBrokenPartIsReportedAtOnce() throws IOException {
    Path run = Files.writeString(folder.resolve("run.yaml"), "a: 1\nb: [1, 2\nc: 3\n");

    assertThatThrownBy(() -> loader.load(run, List.of("x", "y=1", "z=}")))
        .hasMessage(
            run
                + ":3:2: not valid YAML: while parsing a flow sequence, expected ',' or ']', but"
                + " got :\n"
                + "-o x: found no '='; allowed is key=value, for example -o optimiser.rate=0.01\n"
                + "-o z=}: not valid YAML: while parsing a block node, expected the node content,"
                + " but found '}'");
  }

  private Path root(ConfigTree tree) {
    return ((Folder) loader.bind(tree, Run.class).data().config()).root();
  }
}
