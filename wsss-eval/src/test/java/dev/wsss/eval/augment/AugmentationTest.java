package dev.wsss.eval.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final InputSpec PLAIN = new InputSpec(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  private static AugmentationConfig only(double flip, double grey, int longSide, int crop) {
    return new AugmentationConfig(longSide, longSide, flip, 0, 0, 0, 0, 0, grey, crop, 0);
  }

  /** Red counts columns, green rows, blue is 7. */
  private static RgbImage grid(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
      rgb[3 * i + 2] = 7;
    }
    return new RgbImage(width, height, rgb);
  }

  private static float[] crop(
      AugmentationConfig config, InputSpec input, RgbImage image, long seed) {
    float[] into = new float[3 * config.crop() * config.crop()];
    Arrays.fill(into, Float.NaN);
    new Augmentation(config, input).apply(image, new SplittableRandom(seed), into, 0);
    return into;
  }

  @Test
  void everythingOffGivesThePicturesPlanes() {
    float[] crop = crop(only(0, 0, 0, 2), PLAIN, grid(2, 2), 1);
    assertThat(crop).containsExactly(0, 1, 0, 1, 0, 0, 1, 1, 7, 7, 7, 7);
  }

  @Test
  void valuesAreNormalisedByChannel() {
    InputSpec input = new InputSpec(List.of(1f, 2f, 3f), List.of(2f, 4f, 8f));
    float[] crop = crop(only(0, 0, 0, 1), input, grid(1, 1), 1);
    assertThat(crop).containsExactly(-0.5f, -0.5f, 0.5f);
  }

  @Test
  void aMirroredPictureRunsFromRightToLeft() {
    float[] crop = crop(only(1, 0, 0, 3), PLAIN, grid(3, 3), 1);
    assertThat(Arrays.copyOf(crop, 9)).containsExactly(2, 1, 0, 2, 1, 0, 2, 1, 0);
    assertThat(Arrays.copyOfRange(crop, 9, 18)).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
  }

  @Test
  void greyHasOneValueInAllPlanes() {
    float[] crop = crop(only(0, 1, 0, 4), PLAIN, grid(4, 4), 1);
    assertThat(Arrays.copyOfRange(crop, 16, 32)).isEqualTo(Arrays.copyOf(crop, 16));
    assertThat(Arrays.copyOfRange(crop, 32, 48)).isEqualTo(Arrays.copyOf(crop, 16));
  }

  @Test
  void aCropIsAnyWindowOfALargerPicture() {
    boolean[][] seen = new boolean[4][3];
    for (long seed = 0; seed < 200; seed++) {
      float[] crop = crop(only(0, 0, 0, 2), PLAIN, grid(5, 4), seed);
      int x = (int) crop[0];
      int y = (int) crop[4];
      assertThat(crop).containsExactly(x, x + 1, x, x + 1, y, y, y + 1, y + 1, 7, 7, 7, 7);
      seen[x][y] = true;
    }
    assertThat(seen)
        .isDeepEqualTo(
            new boolean[][] {
              {true, true, true}, {true, true, true}, {true, true, true}, {true, true, true}
            });
  }

  @Test
  void aSmallerPictureLiesAnywhereInTheMeanColour() {
    InputSpec input = new InputSpec(List.of(100f, 100f, 100f), List.of(1f, 1f, 1f));
    boolean[][] seen = new boolean[2][3];
    for (long seed = 0; seed < 200; seed++) {
      float[] crop = crop(only(0, 0, 0, 4), input, grid(3, 2), seed);
      int at = 0;
      while (crop[at] == 0) {
        at++;
      }
      seen[at % 4][at / 4] = true;
      float sum = 0;
      for (int i = 0; i < 16; i++) {
        sum += crop[i];
      }
      assertThat(sum).isEqualTo(2 * (0 + 1 + 2) - 6 * 100);
    }
    assertThat(seen).isDeepEqualTo(new boolean[][] {{true, true, true}, {true, true, true}});
  }

  @Test
  void theLongSideIsDrawnFromBothEndsAndBetween() {
    AugmentationConfig config = new AugmentationConfig(4, 6, 0, 0, 0, 0, 0, 0, 0, 8, 0);
    byte[] rgb = new byte[3 * 10 * 5];
    Arrays.fill(rgb, (byte) 9);
    int[] widths = new int[9];
    for (long seed = 0; seed < 60; seed++) {
      float[] crop = crop(config, PLAIN, new RgbImage(10, 5, rgb), seed);
      int pixels = 0;
      for (int i = 0; i < 64; i++) {
        pixels += crop[i] > 0 ? 1 : 0;
      }
      // 4×2, 5×3 (2.5 is rounded up) and 6×3.
      widths[pixels == 8 ? 4 : pixels == 15 ? 5 : pixels == 18 ? 6 : 0]++;
    }
    assertThat(widths[0]).isZero();
    assertThat(Math.min(widths[4], Math.min(widths[5], widths[6]))).isPositive();
  }

  @Test
  void theSameNumbersGiveTheSameCropAndThePictureIsLeftAlone() {
    AugmentationConfig all = new AugmentationConfig(20, 40, 0.5, 1, 0.4, 0.4, 0.4, 0.1, 0.1, 24, 0);
    RgbImage image = grid(30, 20);
    byte[] before = image.rgb().clone();
    assertThat(crop(all, PLAIN, image, 5)).isEqualTo(crop(all, PLAIN, image, 5));
    assertThat(crop(all, PLAIN, image, 6)).isNotEqualTo(crop(all, PLAIN, image, 5));
    AugmentationConfig unresized =
        new AugmentationConfig(0, 0, 0.5, 1, 0.4, 0.4, 0.4, 0.1, 1, 24, 0);
    crop(unresized, PLAIN, image, 5);
    assertThat(image.rgb()).isEqualTo(before);
  }

  /** The crops that versions without masks made, to the last bit. */
  @Test
  void cropsStayWhatTheyWere() {
    AugmentationConfig all = new AugmentationConfig(20, 40, 0.5, 1, 0.4, 0.4, 0.4, 0.1, 0.1, 24, 0);
    CRC32 crc = new CRC32();
    for (long seed = 0; seed < 20; seed++) {
      for (float value : crop(all, InputSpec.IMAGENET, grid(30, 20), seed)) {
        crc.update(ByteBuffer.allocate(4).putFloat(value).array());
      }
    }
    assertThat(crc.getValue()).isEqualTo(1938036841L);
  }

  @Test
  void probabilitiesAreKept() {
    int mirrored = 0;
    int grey = 0;
    for (long seed = 0; seed < 1000; seed++) {
      float[] crop = crop(only(0.5, 0.1, 0, 2), PLAIN, grid(2, 2), seed);
      grey += crop[8] != 7 ? 1 : 0;
      mirrored += crop[0] > crop[1] ? 1 : 0;
    }
    // Grey rounds both columns to the same value.
    assertThat(grey).isCloseTo(100, within(40));
    assertThat(mirrored).isCloseTo(450, within(60));
  }

  @Test
  void longSidesThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> new AugmentationConfig(9, 8, 0, 0, 0, 0, 0, 0, 0, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("long-side-min is 9, above long-side-max, which is 8");
    assertThatThrownBy(() -> new AugmentationConfig(0, 8, 0, 0, 0, 0, 0, 0, 0, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "long-side-min is 0 and long-side-max is 8: both are 0 (pictures keep their size) or"
                + " neither");
  }
}
