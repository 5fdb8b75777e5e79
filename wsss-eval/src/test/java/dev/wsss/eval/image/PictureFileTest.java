package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.testing.HugePng;
import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
  @TempDir private Path folder;

  private static void assertColour(RgbImage image, int red, int green, int blue, int tolerance) {
    int[] expected = {red, green, blue};
    for (int i = 0; i < image.rgb().length; i++) {
      assertThat(image.rgb()[i] & 0xff).isCloseTo(expected[i % 3], within(tolerance));
    }
  }

  @Test
  void aPngKeepsEveryColour() throws IOException {
    RgbImage image =
        new PictureFile(TestImages.colour(folder.resolve("a.png"), 3, 2, 0x102080)).read();
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.height()).isEqualTo(2);
    assertColour(image, 0x10, 0x20, 0x80, 0);
  }

  @Test
  void aJpegIsReadInRgbOrder() throws IOException {
    RgbImage image =
        new PictureFile(TestImages.colour(folder.resolve("a.jpg"), 16, 16, 0xe02010)).read();
    assertColour(image, 0xe0, 0x20, 0x10, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey.jpg", "grey.png"})
  void greyBecomesRgbAtTheSameBrightness(String name) throws IOException {
    int[] samples = new int[64];
    java.util.Arrays.fill(samples, 60);
    RgbImage image = new PictureFile(TestImages.grey(folder.resolve(name), 8, 8, samples)).read();
    assertColour(image, 60, 60, 60, 1);
  }

  @Test
  void ofSixteenBitsTheUpperEightAreKept() throws IOException {
    RgbImage image =
        new PictureFile(TestImages.grey(folder.resolve("a.png"), 2, 16, 0x40ff, 0x40ff)).read();
    assertColour(image, 0x40, 0x40, 0x40, 0);
  }

  @Test
  void paletteColoursAreLookedUp() throws IOException {
    RgbImage image = new PictureFile(TestImages.bits(folder.resolve("a.png"), 2, 1, 1)).read();
    assertColour(image, 255, 255, 255, 0);
  }

  @Test
  void transparencyIsNotLookedAt() throws IOException {
    assertColour(
        new PictureFile(TestImages.transparent(folder.resolve("a.png"), 0x20c08040)).read(),
        0xc0,
        0x80,
        0x40,
        0);
    assertColour(
        new PictureFile(TestImages.greyAlpha(folder.resolve("b.png"), 77, 9)).read(),
        77,
        77,
        77,
        0);
  }

  @Test
  void fourInksBecomeRgb() throws IOException {
    Path file = folder.resolve("a.jpg");
    RgbImage white = new PictureFile(TestImages.fourChannels(file, 0, 255, 255, 255, 255)).read();
    assertColour(white, 255, 255, 255, 4);
    RgbImage cyan = new PictureFile(TestImages.fourChannels(file, 0, 0, 255, 255, 255)).read();
    assertThat(cyan.rgb()[0] & 0xff).isLessThan(100);
    assertThat(cyan.rgb()[2] & 0xff).isGreaterThan(150);
  }

  @Test
  void lumaChromaAndBlackBecomeRgb() throws IOException {
    // Luma and chroma are those of ink, black is inverted: no ink at all, then much black.
    Path file = folder.resolve("a.jpg");
    RgbImage white = new PictureFile(TestImages.fourChannels(file, 2, 0, 128, 128, 255)).read();
    assertColour(white, 255, 255, 255, 4);
    RgbImage dark = new PictureFile(TestImages.fourChannels(file, 2, 0, 128, 128, 30)).read();
    assertThat(dark.rgb()[0] & 0xff).isLessThan(100);
  }

  @Test
  void theSizeIsReadWithoutPixels() throws IOException {
    Path file = TestImages.colour(folder.resolve("a.jpg"), 40, 30, 0);
    assertThat(new PictureFile(file).size()).hasToString("40×30");
  }

  /** Which cell of the stored picture stands where in the upright one, row by row. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 0 1 2 3 4 5",
    "2, 2, 1 0 3 2 5 4",
    "3, 2, 5 4 3 2 1 0",
    "4, 2, 4 5 2 3 0 1",
    "5, 3, 0 2 4 1 3 5",
    "6, 3, 4 2 0 5 3 1",
    "7, 3, 5 3 1 4 2 0",
    "8, 3, 1 3 5 0 2 4",
  })
  void aJpegIsTurnedUprightAsItsCameraWasHeld(int orientation, int columns, String cells)
      throws IOException {
    // Two columns and three rows of squares, each a block of the JPEG of its own.
    int[] samples = new int[16 * 24];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 40 * (i / 16 / 8 * 2 + i % 16 / 8) + 20;
    }
    Path file = TestImages.grey(folder.resolve("a.jpg"), 16, 8, samples);
    PictureFile picture = new PictureFile(TestImages.orientation(file, orientation));
    RgbImage image = picture.read();
    List<String> seen = new ArrayList<>();
    for (int y = 4; y < image.height(); y += 8) {
      for (int x = 4; x < image.width(); x += 8) {
        int grey = image.rgb()[3 * (y * image.width() + x)] & 0xff;
        seen.add(Integer.toString((grey + 2) / 40));
      }
    }
    assertThat(image.width()).isEqualTo(8 * columns);
    assertThat(String.join(" ", seen)).isEqualTo(cells);
    assertThat(picture.size()).hasToString(image.width() + "×" + image.height());
  }

  @Test
  void damagedMetadataHarmNoPixel() throws IOException {
    Path file = TestImages.colour(folder.resolve("a.jpg"), 16, 16, 0xe02010);
    byte[] bytes = Files.readAllBytes(TestImages.orientation(file, 6));
    bytes[16] = 99; // the directory's place
    assertColour(new PictureFile(Files.write(file, bytes)).read(), 0xe0, 0x20, 0x10, 3);
  }

  @Test
  @Timeout(20)
  void aHugePictureIsRefusedBeforeItIsDecoded() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), HugePng.ofSize(30_000, 30_000));
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": 30000×30000 are 900000000 pixels; at most 100000000 are decoded, which"
                + " data.max-pixels can raise");
    assertThat(new PictureFile(file, 900_000_000).size()).hasToString("30000×30000");
  }

  @Test
  void aLargeFileIsNotRead() throws IOException {
    Path file = folder.resolve("a.png");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(5_000_000_000L);
    }
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": 5000000000 bytes; a picture of at most 100000000 pixels (data.max-pixels) has"
                + " at most 816777216");
  }

  @Test
  void somethingThatIsNoRegularFileIsNotRead() throws IOException {
    Path pipe = folder.resolve("a.jpg");
    Assumptions.assumeTrue(isMade(pipe), "needs mkfifo");
    assertThatThrownBy(() -> new PictureFile(pipe).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(pipe + ": no regular file; a picture is a JPEG, PNG, WebP or TIFF file");
  }

  /** Whether a pipe could be made. */
  private static boolean isMade(Path pipe) {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.995, 0.9, 0.6})
  void aJpegCutShortIsBad(double share) throws IOException {
    int[] noise = new java.util.Random(1).ints(128 * 128, 0, 256).toArray();
    Path file = TestImages.cut(TestImages.grey(folder.resolve("a.jpg"), 128, 8, noise), share);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": broken (Truncated File - Missing EOI marker; Corrupt JPEG data: premature end"
                + " of data segment)");
  }

  @Test
  void aJpegCutInItsHeaderIsBad() throws IOException {
    Path file = TestImages.cut(TestImages.colour(folder.resolve("a.jpg"), 64, 64, 0x808080), 0.2);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": cannot be decoded (No SOF segment in stream)");
  }

  @Test
  void aPngCutShortIsBad() throws IOException {
    int[] noise = new java.util.Random(1).ints(64 * 64, 0, 256).toArray();
    Path file = TestImages.cut(TestImages.grey(folder.resolve("a.png"), 64, 8, noise), 0.7);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": cannot be decoded (Error reading PNG image data)");
  }

  @Test
  void somethingElseIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("a.jpg"), "not a picture");
    assertThatThrownBy(() -> new PictureFile(text).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(text + ": no picture in a known format, JPEG, PNG, WebP or TIFF");
    Path missing = folder.resolve("b.jpg");
    assertThatThrownBy(() -> new PictureFile(missing).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(missing + ": no such file");
  }

  @Test
  void aPhotographCutAnywhereInItsPixelsIsBad() throws IOException {
    Path photograph = SharedFiles.require("data/voc12-subset/JPEGImages/2008_000016.jpg");
    assertThat(new PictureFile(photograph).read().width()).isEqualTo(375);
    byte[] bytes = Files.readAllBytes(photograph);
    for (int percent = 10; percent < 100; percent += 15) {
      Path file =
          Files.write(
              folder.resolve("cut.jpg"),
              java.util.Arrays.copyOf(bytes, bytes.length * percent / 100));
      assertThatThrownBy(() -> new PictureFile(file).read())
          .as(percent + " %")
          .isInstanceOf(BadImageException.class);
    }
  }
}
