package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.train.ablation.AblationConfig;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.cli.Documentation.Line;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.binding.Explain;
import dev.wsss.train.config.fromdata.FromData;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What the documentation says to type can be typed: commands, options, built-in configurations and
 * the keys of overrides are there. The README's commands are also run, by ReadmeTest.
 */
class DocsCommandsTest {
  private static final Path ABLATIONS = Path.of("docs/ablations.md");

  /** Slurm's. */
  private static final Set<String> OPTIONS_OF_OTHERS = Set.of("--array");

  private final ClassLoader classes = getClass().getClassLoader();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path temp;

  /** Of all documents but the README, whose commands need the custom module. */
  static Stream<Line> commands() {
    return Documentation.commands()
        .filter(DocsCommandsTest::isOurs)
        .filter(line -> !line.file().equals(Path.of("README.md")));
  }

  static Stream<Line> spans() {
    return Documentation.spans().filter(DocsCommandsTest::isOurs);
  }

  static Stream<Line> mavenLines() {
    return Documentation.commands().filter(line -> line.text().startsWith("mvn "));
  }

  private static boolean isOurs(Line line) {
    return line.text().startsWith("./wsss ") || line.text().startsWith("wsss ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandOfABlockIsWhole(Line line) throws IOException {
    check(line, parse(line));
  }

  @ParameterizedTest
  @MethodSource("spans")
  void aCommandWithinASentenceMayLeaveOutWhatItIsNotAbout(Line line) throws IOException {
    ParseResult parsed;
    try {
      parsed = parse(line);
    } catch (MissingParameterException e) {
      return;
    }
    if (isOfARun(parsed)) {
      String name = parsed.matchedPositionalValue(0, "");
      loader().load(configuration(line, name).toString(), List.of()); // the name is there
    } else {
      check(line, parsed);
    }
  }

  @Test
  void everyDocumentThatShowsCommandsIsRead() {
    assertThat(commands().map(line -> line.file().getFileName().toString()))
        .contains("ablations.md", "compare.md", "data.md", "gpu.md", "onnx.md", "predict.md")
        .contains("performance.md", "results.md", "scale.md");
  }

  @Test
  void anOptionThatAnyDocumentNamesIsThere() {
    Set<String> options = new HashSet<>(OPTIONS_OF_OTHERS);
    collect(commandLine(), options);
    assertThat(
            Documentation.spans()
                .filter(line -> line.text().matches("--[a-z].*"))
                .filter(line -> !options.contains(line.words().get(0).split("=")[0])))
        .isEmpty();
  }

  @Test
  void whatNeedsNoDataRuns() throws IOException {
    List<Line> printing =
        commands().filter(line -> line.words().contains("--print-config")).toList();
    assertThat(printing).isNotEmpty();
    for (Line line : printing) {
      List<String> words = new ArrayList<>(arguments(line));
      words.set(1, configuration(line, words.get(1)).toString());
      int code = wsss().run(words.toArray(String[]::new));
      assertThat(code).as("%s%n%s", line, err).isZero();
      assertThat(out.toString()).contains("--- # cell ", "training:");
    }
  }

  @ParameterizedTest
  @MethodSource("mavenLines")
  void mavenFindsItsProjectsProfilesAndPrograms(Line line) throws IOException {
    List<String> words = line.words();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        for (String project : words.get(i + 1).split(",")) {
          assertThat(Documentation.root().resolve(project).resolve("pom.xml")).isRegularFile();
        }
      } else if (word.startsWith("-P")) {
        assertThat(Files.readString(Documentation.root().resolve("pom.xml")))
            .contains("<id>" + word.substring(2) + "</id>");
      } else if (word.startsWith("-Dbenchmark.main=")) {
        String program = word.substring(word.indexOf('=') + 1).replace('.', '/');
        assertThat(
                Documentation.root()
                    .resolve("examples/benchmarks/src/main/java")
                    .resolve(program + ".java"))
            .isRegularFile();
      }
    }
  }

  @Test
  void aFileThatACommandNamesIsThere() {
    Stream<Path> named =
        Documentation.commands()
            .flatMap(line -> line.words().stream())
            .filter(word -> word.matches("(examples|docs|wsss-\\w+)/.*"))
            .filter(word -> !word.contains("/target/"))
            .map(Documentation.root()::resolve);
    assertThat(named).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void aSlipIsSeen() {
    assertThatThrownBy(() -> check("./wsss train quickstart-base --recume"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--recume");
    assertThatThrownBy(() -> check("./wsss tran quickstart-base"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("tran");
    assertThatThrownBy(() -> check("./wsss train quickstart-bass"))
        .hasMessageContaining("did you mean 'quickstart-base'?");
    assertThatThrownBy(() -> check("./wsss train photographs -o data.root=x -o training.epoch=3"))
        .hasMessageContaining("did you mean 'epochs'?");
    assertThatThrownBy(() -> check("./wsss ablate quickstart --shard 1/2 -o data.trian=3"))
        .hasMessageContaining("did you mean 'train'?");
    assertThatThrownBy(() -> check("./wsss bench step --modules rcm,man"))
        .hasMessageContaining("did you mean 'mam'?");
    assertThatThrownBy(() -> check("wsss explain rmc")).hasMessageContaining("rmc");
  }

  private void check(String text) throws IOException {
    Line line = new Line(ABLATIONS, text);
    check(line, parse(line));
  }

  private ParseResult parse(Line line) {
    ParseResult parsed = commandLine().parseArgs(arguments(line).toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed;
  }

  private static List<String> arguments(Line line) {
    List<String> words = line.words();
    return words.subList(1, words.size());
  }

  /** Names and keys, as far as they can be told without data. */
  private void check(Line line, ParseResult parsed) throws IOException {
    Object command = parsed.commandSpec().userObject();
    if (isOfARun(parsed)) {
      List<String> overrides = new ArrayList<>(parsed.matchedOptionValue("-o", List.of()));
      String device = parsed.matchedOptionValue("--device", "cpu");
      overrides.add("engine.device=" + device);
      String name = parsed.matchedPositionalValue(0, "");
      bind(loader().load(configuration(line, name).toString(), overrides));
    } else if (command instanceof ExplainCommand) {
      isKnown(parsed.matchedPositionalValue(0, ""));
    } else if (command instanceof BenchStepCommand) {
      parsed.matchedOptionValue("--modules", List.<String>of()).stream()
          .filter(module -> !module.equals(BenchStepCommand.NONE))
          .forEach(this::isKnown);
      isKnown(parsed.matchedOptionValue("--backbone", "tiny"));
    }
  }

  private static boolean isOfARun(ParseResult parsed) {
    Object command = parsed.commandSpec().userObject();
    return command instanceof TrainCommand || command instanceof AblateCommand;
  }

  private void bind(ConfigTree tree) {
    if (AblationPlan.isAblation(tree)) {
      AblationPlan.of(loader(), tree);
    } else if (FromData.in(tree).isEmpty()) {
      ResolvedRun.bind(loader(), tree);
    } else { // its data is not at hand
      loader().bind(FromData.in(tree).checkable(), RunConfig.class);
    }
  }

  /** A name in capitals stands for any. */
  private void isKnown(String name) {
    if (!name.matches("[A-Z]+")) {
      Explain.name(
          List.of(RunConfig.class, AblationConfig.class), PluginCatalog.discover(classes), name);
    }
  }

  private ConfigLoader loader() {
    return new ConfigLoader(PluginCatalog.discover(classes), classes);
  }

  /** The name, or a file with what the document says of it: the first block of YAML. */
  private Path configuration(Line line, String name) throws IOException {
    if (!name.endsWith(".yaml")) {
      return Path.of(name);
    }
    List<String> own = Documentation.blocks(line.file(), "yaml");
    List<String> blocks = own.isEmpty() ? Documentation.blocks(ABLATIONS, "yaml") : own;
    String named =
        blocks.stream()
            .filter(block -> block.startsWith("# " + name + "\n"))
            .findFirst()
            .orElse(blocks.get(0));
    return Files.writeString(temp.resolve("mine.yaml"), named);
  }

  private CommandLine commandLine() {
    return wsss().commandLine();
  }

  private Wsss wsss() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Terminal.Kind.PLAIN);
    return new Wsss(terminal, classes, "");
  }

  private static void collect(CommandLine command, Set<String> options) {
    options.addAll(command.getCommandSpec().optionsMap().keySet());
    command.getSubcommands().values().forEach(below -> collect(below, options));
  }
}
