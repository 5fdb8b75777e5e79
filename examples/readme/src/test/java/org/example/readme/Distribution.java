package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.testing.SharedFiles;
import java.io.File;
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

  /** Runs a line such as {@code ./wsss modules}, and gives what it prints. */
  String run(String line, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(line.split(" ")));
    assertThat(command.get(0)).isEqualTo("./wsss");
    Path script = SharedFiles.repository().resolve("wsss-train/target/wsss/bin/wsss");
    assertThat(script).as("run 'mvn package' first: the distribution").exists();
    command.set(0, script.toString());
    command.addAll(List.of(more));
    File output = Files.createTempFile(workingFolder, "output", ".txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("WSSS_PLUGINS", workingFolder.resolve("plugins").toString());
    builder.environment().put("WSSS_JAVA_OPTS", "-Xmx1g");
    int code = builder.start().waitFor();
    String printed = Files.readString(output.toPath());
    assertThat(code).as("exit code of %s, which printed:%n%s", command, printed).isZero();
    return printed;
  }
}
