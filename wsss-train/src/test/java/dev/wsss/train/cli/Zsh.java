package dev.wsss.train.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A zsh at a terminal, which has read a script of completions and nothing else. Tests that need it
 * skip where there is none, unless {@code WSSS_REQUIRE_ZSH=true}, as in continuous integration.
 */
final class Zsh {
  /** Types a line, lets zsh complete it, and writes down what stands there then. */
  private static final String TYPE =
      """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "source $1
      written() { zle expand-or-complete; print -rn -- \\"\\$BUFFER\\" > $2; exit }
      zle -N written; bindkey '^X^X' written; print rea''dy"
      zpty -r shell unused '*ready*'
      zpty -w -n shell "$3"$'\\x18\\x18'
      while zpty -r shell unused; do :; done
      """;

  private final Path script;

  private Zsh(Path script) {
    this.script = script;
  }

  /** Skips the calling test where there is no zsh on the path. */
  static Zsh require(Path script) {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "zsh")));
    if (!found) {
      String message = "needs zsh on the path (Debian's package zsh)";
      if ("true".equals(System.getenv("WSSS_REQUIRE_ZSH"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
    return new Zsh(script);
  }

  /** The line as it stands after the key Tab. */
  String completed(String line) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(script.getParent(), "zsh");
    Path answer = folder.resolve("answer");
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "zsh", "-f", "-c", TYPE, "zsh", script.toString(), answer.toString(), line)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString()); // zsh keeps an index of completions there
    builder.environment().put("TERM", "dumb");
    Process zsh = builder.start();
    if (!zsh.waitFor(60, TimeUnit.SECONDS) || !Files.exists(answer)) {
      zsh.destroyForcibly();
      throw new AssertionError("zsh has not answered: " + Files.readString(log));
    }
    return Files.readString(answer, StandardCharsets.UTF_8);
  }
}
