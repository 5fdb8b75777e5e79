package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the distribution that wsss-train has built, as {@code ./wsss} does. */
final class Distribution {
  private final Path workingFolder;

  Distribution(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  /** The distribution's launcher. */
  static Path script() {
    Path script = SharedFiles.repository().resolve("wsss-train/target/wsss/bin/wsss");
    assertThat(script).as("run 'mvn package' first: the distribution").exists();
    return script;
  }

  /** Runs a line such as {@code ./wsss modules}, and gives what it prints. */
  String run(String line, String... more) throws IOException, InterruptedException {
    Started started = start(line, more);
    int code = started.process().waitFor();
    String printed = started.printed();
    assertThat(code).as("exit code of %s, which printed:%n%s", line, printed).isZero();
    assertThat(printed).as("warnings of the tensor library").doesNotContain("deprecated");
    return printed;
  }

  /** A line that runs, and where it prints to. */
  record Started(Process process, Path output) {
    String printed() throws IOException {
      return Files.readString(output);
    }
  }

  /** Starts a line and does not wait for it. */
  Started start(String line, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(line.split(" ")));
    assertThat(command.get(0)).isEqualTo("./wsss");
    command.set(0, script().toString());
    command.addAll(List.of(more));
    Path output = Files.createTempFile(workingFolder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("WSSS_PLUGINS", workingFolder.resolve("plugins").toString());
    builder.environment().put("WSSS_JAVA_OPTS", "-Xmx1g");
    return new Started(builder.start(), output);
  }
}
