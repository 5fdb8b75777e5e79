package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wsss score} says of a folder of masks. */
final class ScoreCommandTest {
  private static final int SIDE = 64;

  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /**
   * Upper half square in val0, upper half round in val1; the masks say square in both, a quarter.
   */
  private Path masks() throws IOException {
    byte[] indices = new byte[SIDE * SIDE];
    Arrays.fill(indices, 0, indices.length / 4, (byte) 1);
    for (String name : new String[] {"val0.png", "val1.png"}) {
      new MaskFile(temp.resolve("masks").resolve(name)).write(new IndexMask(SIDE, SIDE, indices));
    }
    return temp.resolve("masks");
  }

  @Test
  void printsScoresBesideThoseOfTrivialMasks() throws IOException {
    String data = new PictureFolder(temp.resolve("data")).data();
    Path masks = masks();
    Path csv = temp.resolve("scores.csv");

    int code =
        wsss(
            "score",
            "quickstart-base",
            "--masks",
            masks.toString(),
            "-o",
            data,
            "--csv",
            csv.toString());

    assertThat(code).as(err.toString()).isZero();
    // Background: 4096 of 6144. Square: 1024 of 3072. Round: none of 2048.
    assertThat(out)
        .hasToString(
            masks
                + """
                , 2 pictures of split 'val'

                                         mIoU  boundary F
                these masks            33.3 %    0.0 %
                background alone       16.7 %    0.0 %
                the label everywhere   33.3 %    0.0 %
                the label on a disc    33.3 %    6.4 %

                class           IoU  boundary F
                background   66.7 %        –
                square       33.3 %    0.0 %
                round         0.0 %    0.0 %

                wrong, of all pixels
                a class missed                 25.0 %
                background taken for a class    0.0 %
                a class taken for another      12.5 %
                  round for square             50.0 % of round
                """);
    assertThat(Files.readAllLines(csv))
        .contains(
            "masks,score,class,other,value",
            "these masks,miou,,,0.3333333333333333",
            "these masks,iou,background,,0.6666666666666666",
            "background alone,iou,square,,0.0",
            "these masks,taken,round,square,0.5");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    String data = new PictureFolder(temp.resolve("data")).data();
    Path masks = masks();

    assertThat(wsss("score", "quickstart-base", "-o", data)).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: Missing required option: '--masks=DIR'\n");
    assertThat(
            wsss(
                "score",
                "quickstart-base",
                "--masks",
                masks.toString(),
                "-o",
                data,
                "--split",
                "train"))
        .isEqualTo(3);
    assertThat(err)
        .hasToString(
            "error: " + masks + " lacks the masks of 4 of 4 pictures, for example train0.png\n");
  }

  private int wsss(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(arguments);
  }
}
