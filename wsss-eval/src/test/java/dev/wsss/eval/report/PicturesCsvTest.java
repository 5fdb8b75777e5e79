package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.metric.PictureCounts.OfClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesCsvTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat, big", "dog"));
  @TempDir Path temp;

  @Test
  void readsWhatItWrote() throws IOException {
    List<PictureCounts> pictures =
        List.of(
            new PictureCounts("a \"quoted\", name", List.of(new OfClass(0, 5, 4, 4))),
            new PictureCounts(
                "b", List.of(new OfClass(1, 3_000_000_000L, 0, 0), new OfClass(2, 0, 7, 0))));
    Path file = temp.resolve("pictures.csv");

    PicturesCsv.write(file, CLASSES, pictures);

    assertThat(file)
        .hasContent(
            """
            picture,class,truth,predicted,agreed
            "a ""quoted"", name",background,5,4,4
            b,"cat, big",3000000000,0,0
            b,dog,0,7,0
            """);
    assertThat(PicturesCsv.read(file, CLASSES)).isEqualTo(pictures);
  }

  @Test
  void damageIsNamedWithItsLine() throws IOException {
    Path file = temp.resolve("pictures.csv");
    Files.writeString(file, "picture,class,truth,predicted,agreed\na,dog,1,1,1\na,cow,1,1,1\n");
    assertThatIOException()
        .isThrownBy(() -> PicturesCsv.read(file, CLASSES))
        .withMessage(file + ", line 3: damaged (no class of the run)");
    Files.writeString(file, "picture,class,truth,predicted,agreed\na,dog,1,x,1\n");
    assertThatIOException()
        .isThrownBy(() -> PicturesCsv.read(file, CLASSES))
        .withMessage(file + ", line 2: damaged (not three whole numbers)");
    Files.writeString(file, "picture,class,truth,predicted,agreed\na,dog,1\n");
    assertThatIOException()
        .isThrownBy(() -> PicturesCsv.read(file, CLASSES))
        .withMessage(file + ", line 2: damaged (no class of the run)");
  }
}
