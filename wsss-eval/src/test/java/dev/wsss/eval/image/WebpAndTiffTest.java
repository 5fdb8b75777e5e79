package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in WebP (no writer of which is at hand, so small files stand here) and TIFF. */
class WebpAndTiffTest {
  /** 16×8 of 0xe02010, lossy. */
  static final String LOSSY =
      "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoQAAgAAUAmJaACdLoB+AADsAD+8JtD/zBK/INzr//CmvhTXwpr/hAgAAA=";

  /** 5×3 of 0x102080, a quarter opaque, lossless. */
  static final String LOSSLESS = "UklGRh4AAABXRUJQVlA4TBEAAAAvBIAAEAdQkEIUsECBiOh/AAA=";

  /** 32×48 of six squares of grey, 20, 60 to 220 row by row, and EXIF orientation 6. */
  static final String TURNED =
      "UklGRnQAAABXRUJQVlA4WAoAAAAIAAAAHwAALwAAVlA4TDMAAAAvH8ALAC8gEEgkgthfcYlToJwCZf4T2zAM2UoKKaSQ"
          + "Qgr50+z5XyP6PwHFZl7DZV7HZ14ARVhJRhoAAABNTQAqAAAACAABARIAAwAAAAEABgAAAAAAAA==";

  @TempDir private Path folder;

  private Path webp(String base64) throws IOException {
    return Files.write(folder.resolve("a.webp"), Base64.getDecoder().decode(base64));
  }

  private static int[] pixel(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    return new int[] {
      image.rgb()[at] & 0xff, image.rgb()[at + 1] & 0xff, image.rgb()[at + 2] & 0xff
    };
  }

  @Test
  void aLosslessWebpKeepsEveryColourAndItsTransparencyIsNotLookedAt() throws IOException {
    PictureFile picture = new PictureFile(webp(LOSSLESS));
    assertThat(picture.size()).hasToString("5×3");
    RgbImage image = picture.read();
    for (int i = 0; i < 15; i++) {
      assertThat(pixel(image, i % 5, i / 5)).containsExactly(0x10, 0x20, 0x80);
    }
  }

  @Test
  void aLossyWebpIsReadInRgbOrder() throws IOException {
    assertThat(pixel(new PictureFile(webp(LOSSY)).read(), 8, 4)).containsExactly(224, 31, 14);
  }

  @Test
  void aWebpIsTurnedUpright() throws IOException {
    PictureFile picture = new PictureFile(webp(TURNED));
    RgbImage image = picture.read();
    assertThat(picture.size()).hasToString("48×32");
    assertThat(pixel(image, 8, 8)[0]).isEqualTo(180);
    assertThat(pixel(image, 40, 8)[0]).isEqualTo(20);
    assertThat(pixel(image, 40, 24)[0]).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.6, 0.9})
  void aWebpCutShortIsBad(double share) throws IOException {
    Path file = TestImages.cut(webp(LOSSY), share);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith(file + ": cannot be decoded (");
  }

  @Test
  void aWebpWhoseFrameIsLargerThanThePictureIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] bytes = Base64.getDecoder().decode(TURNED);
    bytes[39] = (byte) 0xff; // width of the frame, lower bits
    bytes[40] = (byte) 0xff;
    Path file = Files.write(folder.resolve("a.webp"), bytes);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith(file + ": broken (a frame of 16384×")
        .hasMessageEndingWith(" in a picture of 32×48)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tif", "a.TIFF"})
  void aTiffKeepsEveryColour(String name) throws IOException {
    Path file = TestImages.colour(folder.resolve("a.tif"), 3, 2, 0x102080);
    PictureFile picture = new PictureFile(Files.move(file, folder.resolve("moved-" + name)));
    assertThat(picture.size()).hasToString("3×2");
    assertThat(pixel(picture.read(), 2, 1)).containsExactly(0x10, 0x20, 0x80);
  }

  @Test
  void ofSixteenBitsTheUpperEightAreKept() throws IOException {
    Path file = TestImages.grey(folder.resolve("a.tif"), 2, 16, 0x40ff, 0x10ff);
    assertThat(new PictureFile(file).read().rgb()).containsExactly(0x40, 0x40, 0x40, 16, 16, 16);
  }

  @ParameterizedTest
  @CsvSource({"1, 2×1, 10 200", "2, 2×1, 200 10", "6, 1×2, 10 200", "8, 1×2, 200 10"})
  void aTiffIsTurnedUpright(int orientation, String size, String greys) throws IOException {
    Path file = TestImages.grey(folder.resolve("a.tif"), 2, 8, 10, 200);
    PictureFile picture = new PictureFile(TestImages.tiffOrientation(file, orientation));
    RgbImage image = picture.read();
    assertThat(picture.size()).hasToString(size);
    assertThat((image.rgb()[0] & 0xff) + " " + (image.rgb()[3] & 0xff)).isEqualTo(greys);
  }

  @Test
  void realNumbersAreRefused() throws IOException {
    Path file = TestImages.realNumbers(folder.resolve("a.tif"));
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": holds floating-point values; a picture has 8 or 16 bits a channel");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.9})
  void aTiffCutShortIsBad(double share) throws IOException {
    int[] noise = new Random(1).ints(64 * 64, 0, 256).toArray();
    Path file = TestImages.cut(TestImages.grey(folder.resolve("a.tif"), 64, 8, noise), share);
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith(file + ": cannot be decoded (");
  }

  /** Whatever a file claims: a picture or a bad one, and at most 64 MiB for a million pixels. */
  @ParameterizedTest
  @ValueSource(strings = {LOSSY, LOSSLESS, TURNED, "tiff"})
  void mutatedFilesAreReadOrRefusedInBoundedMemory(String base64) throws IOException {
    int[] noise = new Random(1).ints(16 * 16, 0, 256).toArray();
    Path file =
        base64.equals("tiff")
            ? TestImages.grey(folder.resolve("a.tif"), 16, 8, noise)
            : webp(base64);
    byte[] bytes = Files.readAllBytes(file);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      byte[] mutated = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(20));
      for (int j = 0; j <= random.nextInt(4); j++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, mutated);
      long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        new PictureFile(file, 1_000_000).read();
      } catch (BadImageException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
      assertThat(memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
          .isLessThan(64 << 20);
    }
  }
}
