package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of {@code report.html}. */
class ReportInBrowserTest {
  private static final int PAPER = 0xffffff;
  private static final int DARK_PAPER = 0x15181c;
  private static final int BAR = 0x2f6fd0;
  private static final List<Integer> LINES = List.of(0x1f66c7, 0xc2410c, 0x15803d, 0x86309e);
  private static final List<Integer> DARK_LINES = List.of(0x7ab0ff, 0xff9d5c, 0x63d68a, 0xdd9af2);

  @TempDir static Path temp;
  private static Chromium browser;
  private static RunResult drawn;

  @BeforeAll
  static void train() throws IOException {
    browser = Chromium.require();
    drawn = train(SmallRuns.resolved(), "drawn");
    PictureFolder black = new PictureFolder(temp.resolve("pictures"));
    train(SmallRuns.resolved(black.data(), "training.batch=2"), "black");
  }

  private static RunResult train(ResolvedRun config, String folder) {
    try (Run run = Run.open(config, temp.resolve(folder), Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }

  @Test
  void isLightWhereTheSystemIsAndHasBarsAsLongAsTheIouAndALineForEachLoss() throws IOException {
    BufferedImage page = look("drawn", 1200, false);

    assertThat(share(page, PAPER)).isGreaterThan(0.5);
    assertThat(LINES).allSatisfy(line -> assertThat(count(page, line)).isGreaterThan(50));
    List<Double> shares =
        drawn.score("cam-miou", "miou", "held-out").perClass().stream()
            .filter(share -> !share.isNaN())
            .toList();
    List<Integer> bars = bars(page);
    assertThat(bars).hasSize(shares.size());
    double whole = Collections.max(bars) / Collections.max(shares);
    for (int i = 0; i < bars.size(); i++) {
      assertThat((double) bars.get(i)).isCloseTo(whole * shares.get(i), within(2.0));
    }
  }

  @Test
  void isDarkWhereTheSystemIs() throws IOException {
    BufferedImage page = look("drawn", 1200, true);

    assertThat(share(page, DARK_PAPER)).isGreaterThan(0.5);
    assertThat(count(page, PAPER)).isZero();
    assertThat(DARK_LINES).allSatisfy(line -> assertThat(count(page, line)).isGreaterThan(50));
  }

  @Test
  void fitsAPhone() throws IOException {
    BufferedImage page = look("drawn", 360, false);

    for (int x : new int[] {0, 4, 355, 359}) {
      for (int y = 0; y < page.getHeight(); y++) {
        assertThat(page.getRGB(x, y) & 0xffffff).as("column %d, row %d", x, y).isEqualTo(PAPER);
      }
    }
    assertThat(bars(page)).as("it is not empty").isNotEmpty();
  }

  @Test
  void showsPicturesUnderTheColoursOfTheirClasses() throws IOException {
    BufferedImage page = look("black", 1200, false);

    // Black pictures: 60 % of (128, 0, 0) and of (0, 128, 0) where the truth has its classes.
    assertThat(count(page, near(0, 0, 0)))
        .as("pictures, and the lower halves of truths")
        .isGreaterThan(20_000);
    assertThat(count(page, near(77, 0, 0))).isGreaterThan(5_000);
    assertThat(count(page, near(0, 77, 0))).isGreaterThan(5_000);
  }

  private static BufferedImage look(String run, int width, boolean dark) throws IOException {
    return browser.look(temp.resolve(run).resolve("report.html"), width, 3000, dark);
  }

  private static IntPredicate near(int red, int green, int blue) {
    return rgb ->
        Math.abs((rgb >> 16 & 0xff) - red) < 8
            && Math.abs((rgb >> 8 & 0xff) - green) < 8
            && Math.abs((rgb & 0xff) - blue) < 8;
  }

  private static double share(BufferedImage page, int colour) {
    return count(page, colour) / (double) (page.getWidth() * page.getHeight());
  }

  private static int count(BufferedImage page, int colour) {
    return count(page, rgb -> rgb == colour);
  }

  private static int count(BufferedImage page, IntPredicate colour) {
    int count = 0;
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        count += colour.test(page.getRGB(x, y) & 0xffffff) ? 1 : 0;
      }
    }
    return count;
  }

  /** Lengths of the bars, from the top down. */
  private static List<Integer> bars(BufferedImage page) {
    List<Integer> lengths = new ArrayList<>();
    int longest = 0;
    for (int y = 0; y < page.getHeight(); y++) {
      int length = 0;
      for (int x = 0; x < page.getWidth(); x++) {
        length += (page.getRGB(x, y) & 0xffffff) == BAR ? 1 : 0;
      }
      if (length == 0 && longest > 0) {
        lengths.add(longest);
        longest = 0;
      }
      longest = length == 0 ? 0 : Math.max(longest, length);
    }
    return lengths;
  }
}
