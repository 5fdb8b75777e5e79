package dev.wsss.train.cli;

import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the documentation shows. */
final class Documentation {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  private Documentation() {}

  /**
   * A line of a shell block, or a span within a sentence.
   *
   * @param file relative to the repository's root
   */
  record Line(Path file, String text) {
    /** The words that a shell makes of it. */
    List<String> words() {
      return WORD.matcher(text).results().map(found -> unquoted(found.group())).toList();
    }

    private static String unquoted(String word) {
      return QUOTED
          .matcher(word)
          .replaceAll(
              quoted ->
                  Matcher.quoteReplacement(
                      quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
    }

    @Override
    public String toString() {
      return file + ": " + text;
    }
  }

  static Path root() {
    return SharedFiles.repository();
  }

  /** README.md, docs/*.md and the READMEs of examples. */
  static List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(Path.of("README.md")));
    for (Path folder : List.of(Path.of("docs"), Path.of("examples/spark"))) {
      try (Stream<Path> all = Files.list(root().resolve(folder))) {
        all.map(root()::relativize)
            .filter(file -> file.toString().endsWith(".md"))
            .sorted()
            .forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The commands in blocks of shell, or of no language; one that goes on is one line. */
  static Stream<Line> commands() {
    return files().stream()
        .flatMap(
            file ->
                Stream.of("sh", "")
                    .flatMap(language -> blocks(file, language).stream())
                    .flatMap(block -> block.replaceAll("\\\\\\n\\s*", "").lines())
                    .flatMap(line -> Stream.of(line.split(" && ")))
                    .map(line -> new Line(file, line.strip())));
  }

  /** What stands between backticks in sentences. */
  static Stream<Line> spans() {
    return files().stream()
        .flatMap(
            file ->
                SPAN.matcher(BLOCK.matcher(text(file)).replaceAll(""))
                    .results()
                    .map(found -> new Line(file, found.group(1))));
  }

  /** The fenced blocks of a language. */
  static List<String> blocks(Path file, String language) {
    return BLOCK
        .matcher(text(file))
        .results()
        .filter(found -> found.group(1).equals(language))
        .map(found -> found.group(2))
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
