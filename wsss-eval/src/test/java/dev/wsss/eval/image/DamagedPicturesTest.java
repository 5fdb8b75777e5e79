package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.testing.Damage;
import dev.wsss.api.testing.DamagedCases;
import dev.wsss.api.testing.HugePng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged pictures and masks are read or refused, whatever they claim, at a stated price. */
@Timeout(600)
class DamagedPicturesTest {
  /** Few, so that the price of a claim shows. */
  private static final long MAX_PIXELS = 250_000;

  /** What {@code docs/robustness.md} states. */
  private static final long BYTES_PER_PIXEL = 16;

  private static final long BYTES_PER_PIXEL_AND_SCAN = 3;
  private static final long BYTES_PER_FILE_BYTE = 16;
  private static final long OTHER_BYTES = 8 << 20;

  private static final MaskValues VALUES =
      MaskValues.asTheyAre(new ClassNames(List.of("dent", "scratch")));

  @TempDir private Path folder;

  private static long bound(long pixels, byte[] file) {
    int scans = JpegScans.isJpeg(file, 0) ? JpegScans.of(file, 0).count() : 0;
    return (BYTES_PER_PIXEL + BYTES_PER_PIXEL_AND_SCAN * scans) * pixels
        + BYTES_PER_FILE_BYTE * file.length
        + OTHER_BYTES;
  }

  /** Whether it was read. Any exception but the one for bad pictures goes through. */
  private static boolean isRead(Callable<?> reading) throws Exception {
    try {
      reading.call();
      return true;
    } catch (BadImageException e) {
      return false;
    }
  }

  @Test
  void damagedPicturesAreReadOrRefused() throws IOException {
    List<byte[]> files = DamageablePictures.all(folder);
    Path file = folder.resolve("a");
    AtomicInteger read = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    DamagedCases.run(
        2000,
        random -> {
          byte[] damaged = Damage.of(files.get(random.nextInt(files.size())), random);
          PictureFile picture = new PictureFile(Files.write(file, damaged), MAX_PIXELS);
          MaskFile mask = new MaskFile(file);
          for (Callable<?> reading :
              List.<Callable<?>>of(
                  picture::read, picture::size, () -> mask.readFor(picture, VALUES))) {
            var cost = DamagedCases.cost(() -> isRead(reading));
            read.addAndGet(cost.result() ? 1 : 0);
            all.incrementAndGet();
            assertThat(cost.bytes()).isLessThan(bound(MAX_PIXELS, damaged));
          }
        });
    assertThat(read.get()).isBetween(all.get() / 10, 9 * all.get() / 10);
  }

  @Test
  void largePicturesOfEveryKindCostWhatIsStated() throws Exception {
    List<byte[]> files = new ArrayList<>();
    files.add(DamageablePictures.evenJpeg(500, 500, false));
    files.add(DamageablePictures.evenJpeg(500, 500, true));
    for (int interlaced : new int[] {0, 1}) {
      for (int[] kind : new int[][] {{16, 6}, {8, 2}, {8, 3}, {1, 0}}) {
        files.add(DamageablePictures.evenPng(500, 500, kind[0], kind[1], interlaced));
        files.add(DamageablePictures.evenPng(62_500, 4, kind[0], kind[1], interlaced));
        files.add(DamageablePictures.evenPng(4, 62_500, kind[0], kind[1], interlaced));
      }
    }
    for (byte[] bytes : files) {
      Path file = Files.write(folder.resolve("a"), bytes);
      PictureFile picture = new PictureFile(file, MAX_PIXELS);
      for (Callable<?> reading :
          List.<Callable<?>>of(picture::read, () -> new MaskFile(file).readFor(picture, VALUES))) {
        var cost = DamagedCases.cost(() -> isRead(reading));
        assertThat(cost.bytes()).isLessThan(bound(MAX_PIXELS, bytes));
      }
      assertThat(picture.read().rgb()).hasSize(750_000);
    }
  }

  @Test
  void aClaimOfTenThousandMillionPixelsCostsNothing() throws Exception {
    Path file = Files.write(folder.resolve("a.png"), HugePng.ofSize(100_000, 100_000));
    PictureFile picture = new PictureFile(file);
    isRead(picture::read);
    var cost = DamagedCases.cost(() -> isRead(picture::read));
    assertThat(cost.result()).isFalse();
    assertThat(cost.bytes()).isLessThan(1 << 20);
  }

  @Test
  void aTiffMayNotClaimWhatItLikes() throws IOException {
    byte[] packed = new byte[16];
    assertSays(
        DamageablePictures.tiff(
            new int[][] {{258, 8}, {259, 5}, {262, 2}, {273, 98}, {277, 1000}, {279, 16}}, packed),
        ": 1000 channels of 8 bits; at most 64 bits a pixel are decoded");
    assertSays(
        DamageablePictures.tiff(
            new int[][] {
              {258, 8}, {259, 5}, {262, 1}, {322, 1 << 20}, {323, 1 << 20}, {324, 98}, {325, 16}
            },
            packed),
        ": stored in tiles of 1048576×1048576; a tile has at most 1048576 pixels"
            + " (data.max-pixels)");
    byte[] jpeg = DamageablePictures.evenJpeg(600, 500, true);
    assertSays(
        DamageablePictures.tiff(
            new int[][] {
              {258, 8}, {259, 7}, {262, 6}, {273, 122}, {277, 3}, {278, 100}, {279, jpeg.length}
            },
            jpeg),
        ": holds a JPEG of 300000 pixels; at most 250000 are decoded, which data.max-pixels can"
            + " raise");
  }

  private void assertSays(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("a.tif"), bytes);
    assertThatThrownBy(() -> new PictureFile(file, MAX_PIXELS).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + message);
  }

  @Test
  void aRowThatIsTooLongIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), HugePng.ofSize(65_536, 1));
    assertThatThrownBy(() -> new PictureFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": 65536×1; a side of at most 65535 pixels is decoded");
  }

  @Test
  void whatDoesNotFitJavasMemoryIsRefused() throws IOException {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    Assumptions.assumeTrue(mebibytes < 7000, "needs a smaller heap");
    Path file = Files.write(folder.resolve("a.png"), HugePng.ofSize(26_000, 25_000));
    assertThatThrownBy(() -> new PictureFile(file, 700_000_000).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": 26000×25000 pixels take about 7438 MiB while they are decoded, and Java has "
                + mebibytes
                + " MiB; give it more (-Xmx)");
  }
}
