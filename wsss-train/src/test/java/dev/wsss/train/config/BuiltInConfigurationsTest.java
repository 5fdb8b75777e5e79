package dev.wsss.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.testing.SharedFiles;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that the jar brings along. */
class BuiltInConfigurationsTest {
  private static final Path FOLDER =
      SharedFiles.repository().resolve("wsss-train/src/main/resources/wsss/configs");

  /** Ablations, what looks at the data when it is bound, and a base that names no backbone. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "quickstart", "voc12-subset", "photographs", "photographs-pipeline", "voc12-recipe-base");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void theIndexListsThemAll() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("index.txt"))).isEqualTo(names());
  }

  /** What a user has to give is at most two paths. */
  @ParameterizedTest
  @MethodSource("names")
  void bindsWithTheTwoPathsThatItsCommentNames(String name) throws IOException {
    ClassLoader classes = BuiltInConfigurationsTest.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    List<String> paths = new ArrayList<>();
    if (!name.startsWith("quickstart")) {
      paths.add("data.root=somewhere");
      paths.add("network.backbone.weights=weights.safetensors");
      assertThat(Files.readString(FOLDER.resolve(whereItsCommentIs(name))))
          .contains("-o data.root=", "-o network.backbone.weights=");
    }
    ConfigTree tree = loader.load(name, paths);
    if (ELSEWHERE.contains(name)) {
      return;
    }
    RunConfig config = ResolvedRun.bind(loader, tree).config();
    assertThat(config.training().epochs()).isPositive();
  }

  /** The file itself, or what it stands on. */
  private static String whereItsCommentIs(String name) throws IOException {
    String text = Files.readString(FOLDER.resolve(name + ".yaml"));
    return text.contains("-o data.root=")
        ? name + ".yaml"
        : text.lines()
                .filter(line -> line.startsWith("base: "))
                .map(line -> line.substring("base: ".length()).strip())
                .findFirst()
                .orElseThrow()
            + ".yaml";
  }
}
