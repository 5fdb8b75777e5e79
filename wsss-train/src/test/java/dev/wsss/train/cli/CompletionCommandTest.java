package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void bashCompletesCommandsAndOptionsWithIt() throws Exception {
    assertThat(wsss("completion", "bash")).isZero();
    Path script = Files.writeString(temp.resolve("wsss.bash"), out.toString());

    assertThat(completed(script, "wsss", "tr")).containsExactly("train");
    assertThat(completed(script, "wsss", "eval", "--thr")).containsExactly("--threshold");
    assertThat(completed(script, "wsss", "bench", "st")).containsExactly("step");
    assertThat(completed(script, "wsss", "ablate", "--rer")).containsExactly("--rerun-changed");
  }

  @Test
  void zshLoadsItsCompletionFirst() {
    assertThat(wsss("completion", "zsh")).isZero();
    assertThat(out.toString())
        .startsWith("autoload -Uz compinit && compinit\n")
        .contains("bashcompinit");
  }

  @Test
  void zshCompletesCommandsAndOptionsWithIt() throws Exception {
    assertThat(wsss("completion", "zsh")).isZero();
    Zsh zsh = Zsh.require(Files.writeString(temp.resolve("wsss.zsh"), out.toString()));

    assertThat(zsh.completed("wsss tr")).isEqualTo("wsss train ");
    assertThat(zsh.completed("wsss eval --thr")).isEqualTo("wsss eval --threshold ");
    assertThat(zsh.completed("wsss bench st")).isEqualTo("wsss bench step ");
    assertThat(zsh.completed("wsss trx")).isEqualTo("wsss trx");
  }

  @Test
  void anotherShellIsAnsweredWithThoseThereAre() {
    assertThat(wsss("completion", "fish")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            error: Invalid value for positional parameter at index 0 (SHELL): there is no \
            completion for 'fish'; allowed are bash, zsh
            Try 'wsss completion --help'.
            """);
  }

  /** What bash offers for the last of the words. */
  private List<String> completed(Path script, String... words)
      throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                "source '%s'; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%2$s'; _complete_wsss; printf '%%s\\n' \"${COMPREPLY[@]}\""
                    .formatted(script, String.join(" ", words), words.length - 1))
            .redirectErrorStream(true)
            .start();
    String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return text.lines().map(String::strip).toList();
  }

  private int wsss(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }
}
