package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell does with the launchers: links, locales, streams. */
class LauncherTest {
  @TempDir private Path folder;

  /** A plugin that talks where only results belong. */
  public static final class Talking implements WsssPlugin {
    public Talking() {
      System.out.println("a plugin is here");
    }

    @Override
    public void register(Registry registry) {
      System.out.println("a plugin registers");
    }
  }

  @Test
  void linksNamesThatAreNotAsciiAndTalkingPlugins() throws Exception {
    talkingPlugin(Files.createDirectory(folder.resolve("plugins")));

    int code =
        shell(
            """
            ln -s "$1" wsss
            name=$(printf 'k\\303\\244se.yaml')
            printf 'base: quickstart-base\\ntraining: {epochs: 3}\\n' > "$name"
            export WSSS_PLUGINS=$PWD/plugins
            unset LC_ALL LC_CTYPE OMP_WAIT_POLICY
            LANG=POSIX ./wsss train "$name" --print-config >out 2>err
            """,
            Distribution.script());

    assertThat(folder.resolve("err")).hasContent("a plugin is here\na plugin registers\n");
    assertThat(code).isZero();
    assertThat(Files.readString(folder.resolve("out")))
        .startsWith("data:")
        .contains("epochs: 3", "# k\u00e4se.yaml:2:20")
        .doesNotContain("plugin");
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));

    int code = shell("\"$1\" modules >/dev/full 2>err", Distribution.script());

    assertThat(folder.resolve("err"))
        .hasContent("error: standard output: No space left on device\n");
    assertThat(code).isEqualTo(4);
  }

  @Test
  void anExternalTensorLibraryIsTakenFromTheEnvironment() throws Exception {
    int code =
        shell(
            """
            mkdir lib && touch lib/libtorch.so && echo 2.6.0+cu124 > build-version
            export PYTORCH_LIBRARY_PATH=$PWD/lib
            unset OMP_WAIT_POLICY
            "$1" train quickstart-base --out run >out 2>err
            """,
            Distribution.script());

    assertThat(folder.resolve("err"))
        .hasContent(
            "error: PYTORCH_LIBRARY_PATH names PyTorch 2.6.0+cu124 in "
                + folder.toRealPath().resolve("lib")
                + "; this program's Java interface is built for PyTorch 2.7.1, and with another"
                + " version the process would crash; take libtorch 2.7.1\n");
    assertThat(code).isEqualTo(2);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void theScriptAtTheRootIsFoundThroughALink() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.copy(SharedFiles.repository().resolve("wsss"), root.resolve("wsss"));
    int code =
        shell(
            """
            mkdir -p root/wsss-train/target/wsss/bin root/wsss-train/target/wsss/lib bin
            printf '#!/bin/sh\\necho "$WSSS_PLUGINS: $*"\\n' > root/wsss-train/target/wsss/bin/wsss
            chmod +x root/wsss root/wsss-train/target/wsss/bin/wsss
            touch root/pom.xml root/wsss-train/pom.xml root/wsss-train/src
            touch root/wsss-train/target/wsss.stamp
            ln -s ../root/wsss bin/first
            ln -s "$PWD/bin/first" bin/wsss
            bin/wsss modules -q >out 2>err
            """,
            root);

    assertThat(folder.resolve("err")).isEmptyFile();
    assertThat(code).isZero();
    assertThat(folder.resolve("out")).hasContent(root.toRealPath() + "/plugins: modules -q\n");
  }

  private int shell(String script, Path argument) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("script.sh"), "set -u\n" + script);
    ProcessBuilder shell = new ProcessBuilder("sh", file.toString(), argument.toString());
    shell.environment().put("WSSS_JAVA_OPTS", "-Xmx1g");
    return shell.directory(folder.toFile()).inheritIO().start().waitFor();
  }

  private static void talkingPlugin(Path plugins) throws IOException {
    String name = Talking.class.getName();
    String file = name.replace('.', '/') + ".class";
    try (ZipOutputStream jar =
            new ZipOutputStream(Files.newOutputStream(plugins.resolve("talking.jar")));
        InputStream bytes =
            Optional.ofNullable(Talking.class.getClassLoader().getResourceAsStream(file))
                .orElseThrow()) {
      jar.putNextEntry(new ZipEntry(file));
      bytes.transferTo(jar);
      jar.putNextEntry(new ZipEntry("META-INF/services/" + WsssPlugin.class.getName()));
      jar.write(name.getBytes(StandardCharsets.UTF_8));
    }
  }
}
