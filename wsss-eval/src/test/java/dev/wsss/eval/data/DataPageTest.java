package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the example of docs/data.md as it stands there. */
class DataPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

  @TempDir private Path root;

  @Test
  void theExampleIsReadAsThePageSays() throws IOException {
    List<MatchResult> blocks =
        BLOCK
            .matcher(Files.readString(SharedFiles.repository().resolve("docs/data.md")))
            .results()
            .toList();
    MatchResult table =
        blocks.stream().filter(block -> block.group(1).equals("csv")).findFirst().orElseThrow();
    Files.writeString(root.resolve("labels.csv"), table.group(2));
    Files.writeString(root.resolve("classes.txt"), blocks.get(blocks.indexOf(table) + 1).group(2));
    for (String line : table.group(2).lines().skip(1).toList()) {
      // Real pictures are not needed to read the table, only files with their names.
      Path file = root.resolve("images").resolve(line.substring(0, line.indexOf(',')));
      TestImages.colour(file.resolveSibling("picture.png"), 4, 4, 0);
      Files.move(file.resolveSibling("picture.png"), file);
    }

    FolderDataset data =
        new FolderDataset(new FolderConfig(root, Unlabelled.FAIL, Map.of(), 1_000_000));

    assertThat(data.classes().foreground()).containsExactly("cat", "dog", "bird");
    assertThat(data.examples("train"))
        .containsExactly(
            new Example("garden/a.jpg", classes(0, 1)),
            new Example("garden/b.webp", classes(0, 1)),
            new Example("c.tif", classes(1, 2)));
    assertThat(data.examples("val")).containsExactly(new Example("d.png", classes(0, 2)));
  }

  private static BitSet classes(int... of) {
    BitSet set = new BitSet();
    for (int k : of) {
      set.set(k);
    }
    return set;
  }
}
