package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.testing.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegScansTest {
  @TempDir private Path folder;

  @Test
  void scansAreCounted() throws IOException {
    byte[] progressive = DamageablePictures.progressive();
    assertThat(JpegScans.of(progressive, 0))
        .isEqualTo(new JpegScans(10, 24 * 20, progressive.length));
    byte[] baseline = DamageablePictures.baseline();
    assertThat(JpegScans.of(baseline, 0)).isEqualTo(new JpegScans(1, 24 * 20, baseline.length));
    byte[] cut = Arrays.copyOf(baseline, baseline.length - 2);
    assertThat(JpegScans.of(cut, 0)).isEqualTo(new JpegScans(1, 24 * 20, cut.length));
    assertThat(JpegScans.isJpeg(DamageablePictures.evenPng(2, 2, 8, 2, 0), 0)).isFalse();
    assertThat(JpegScans.isJpeg(new byte[1], 0)).isFalse();
  }

  /** A preview inside the metadata is a JPEG of its own. */
  @Test
  void scansOfAPreviewDoNotCount() throws IOException {
    byte[] preview = DamageablePictures.baseline();
    byte[] segment = new byte[4 + preview.length];
    segment[0] = (byte) 0xff;
    segment[1] = (byte) 0xe1;
    segment[2] = (byte) ((2 + preview.length) >> 8);
    segment[3] = (byte) (2 + preview.length);
    System.arraycopy(preview, 0, segment, 4, preview.length);
    byte[] whole = Damage.splice(DamageablePictures.progressive(), 2, 2, segment);
    assertThat(JpegScans.of(whole, 0).count()).isEqualTo(10);
  }

  @Test
  void aPictureThatGoesOverItsPixelsAllDayIsRefused() throws IOException {
    byte[] whole = DamageablePictures.progressive();
    int last = lastScan(whole);
    byte[] scan = Arrays.copyOfRange(whole, last, whole.length - 2);
    for (int more = 0; more < 55; more++) {
      whole = Damage.splice(whole, last, last, scan);
    }
    Path file = Files.write(folder.resolve("a.jpg"), whole);
    assertThatThrownBy(() -> new PictureFile(file).size())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": a JPEG of 65 scans; at most 64 are decoded");
  }

  private static int lastScan(byte[] jpeg) {
    int at = jpeg.length - 2;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xda) {
      at--;
    }
    return at;
  }
}
