package dev.wsss.train.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/extending.md tells of every interface, and what it names is there. */
class ExtendingTest {
  private static final Path ROOT = SharedFiles.repository();

  @Test
  void everyInterfaceHasARowASectionAContractAndAnExample() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/extending.md"));
    for (Spi spi : Spi.ALL) {
      String name = spi.type().getSimpleName();
      assertThat(lines).as("section of %s", name).contains("## " + name);
      List<String> rows = lines.stream().filter(l -> l.startsWith("| [`" + name + "`]")).toList();
      assertThat(rows).as("row of %s", name).hasSize(1);
      String[] cells = rows.get(0).split("\\s*\\|\\s*");
      assertThat(cells).hasSize(7);
      assertThat(
              ROOT.resolve("wsss-api/src/test/java/dev/wsss/api/testing")
                  .resolve(bare(cells[5]) + ".java"))
          .exists();
      assertThat(
              ROOT.resolve("examples/custom-module/src/main/java/org/example")
                  .resolve(bare(cells[6])))
          .isDirectory();
    }
  }

  private static String bare(String cell) {
    return cell.replace("`", "");
  }
}
