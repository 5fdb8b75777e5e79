package org.example.readme;

import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README's fenced blocks by language. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

  private Readme() {}

  static List<String> blocks(String language) {
    try {
      String text = Files.readString(SharedFiles.repository().resolve("README.md"));
      return BLOCK
          .matcher(text)
          .results()
          .filter(m -> m.group(1).equals(language))
          .map((MatchResult m) -> m.group(2))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of all shell blocks. */
  static List<String> commands() {
    return blocks("sh").stream().flatMap(String::lines).toList();
  }
}
