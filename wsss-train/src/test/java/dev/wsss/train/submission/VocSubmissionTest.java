package dev.wsss.train.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocSubmissionTest {
  @TempDir private Path temp;

  @BeforeEach
  void pictures() throws IOException {
    Files.writeString(temp.resolve("test.txt"), "2008_000006\n2008_000011\n");
    for (String name : new String[] {"2008_000006", "2008_000011"}) {
      Path picture = temp.resolve("JPEGImages").resolve(name + ".jpg");
      Files.createDirectories(picture.getParent());
      ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "jpg", picture.toFile());
    }
  }

  @Test
  void packsEveryMaskOfTheListAsItIs() throws IOException {
    mask("2008_000006", 5, 4, 20);
    mask("2008_000011", 5, 4, 0);
    mask("2008_000099", 9, 9, 1); // of no picture in the list
    Path archive = temp.resolve("results.tgz");

    assertThat(submission().write(archive)).isEqualTo(2);

    Map<String, byte[]> content = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        content.put(e.getName(), tar.readAllBytes());
      }
    }
    String folder = "results/VOC2012/Segmentation/comp6_test_cls/";
    assertThat(content)
        .containsOnlyKeys(folder + "2008_000006.png", folder + "2008_000011.png")
        .containsEntry(
            folder + "2008_000006.png", Files.readAllBytes(temp.resolve("masks/2008_000006.png")));
    Path again = temp.resolve("again.tgz");
    submission().write(again);
    assertThat(again).hasSameBinaryContentAs(archive);
  }

  @Test
  void namesAllThatTheServerWouldRefuse() throws IOException {
    mask("2008_000006", 5, 4, 255);
    Path archive = temp.resolve("results.tgz");
    Path masks = temp.resolve("masks");

    assertThatThrownBy(() -> submission().write(archive))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            %1$s cannot be submitted: 2 of 2 masks are wrong
              %1$s/2008_000006.png: value 255 at column 0, row 0; allowed are 0 (background) to 20
              no mask %1$s/2008_000011.png; did you mean '2008_000006.png'?"""
                .formatted(masks));
    assertThat(archive).doesNotExist();

    mask("2008_000006", 4, 5, 1);
    mask("2008_000011", 5, 4, 1);
    assertThatThrownBy(() -> submission().write(archive))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            %1$s cannot be submitted: 1 of 2 masks are wrong
              %1$s/2008_000006.png is 4×5, its picture 5×4"""
                .formatted(masks));
  }

  private VocSubmission submission() {
    return new VocSubmission(
        temp.resolve("test.txt"), temp.resolve("JPEGImages"), temp.resolve("masks"));
  }

  private void mask(String name, int width, int height, int index) throws IOException {
    byte[] indices = new byte[width * height];
    java.util.Arrays.fill(indices, (byte) index);
    new MaskFile(temp.resolve("masks").resolve(name + ".png"))
        .write(new IndexMask(width, height, indices));
  }
}
