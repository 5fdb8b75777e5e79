package dev.wsss.eval.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The labels of a crop belong to its pixels, whatever was done to the picture. */
class MaskCropsTest {
  private static final InputSpec PLAIN = new InputSpec(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  private record Crop(float[] pixels, byte[] labels) {

    static Crop of(AugmentationConfig config, RgbImage image, IndexMask mask, long seed) {
      int plane = config.crop() * config.crop();
      float[] pixels = new float[3 * plane];
      byte[] labels = new byte[plane];
      Arrays.fill(labels, (byte) 99);
      new Augmentation(config, PLAIN)
          .apply(image, mask, new SplittableRandom(seed), pixels, 0, labels, 0);
      return new Crop(pixels, labels);
    }
  }

  private static AugmentationConfig varied(int min, int max, double colour, int crop) {
    return new AugmentationConfig(min, max, 0.5, colour, 0.4, 0.4, 0.4, 0.1, 0, crop, 0);
  }

  /** Red counts columns and green rows; the mask is made of the same numbers. */
  private static RgbImage grid(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (1 + i % width);
      rgb[3 * i + 1] = (byte) (1 + i / width);
    }
    return new RgbImage(width, height, rgb);
  }

  private static IndexMask numbers(RgbImage image) {
    byte[] indices = new byte[image.width() * image.height()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) (image.rgb()[3 * i] + 10 * image.rgb()[3 * i + 1]);
    }
    return new IndexMask(image.width(), image.height(), indices);
  }

  @Test
  void labelsFollowTheirPixelsThroughMirrorCropAndPadding() {
    for (int side : new int[] {3, 6, 8}) {
      AugmentationConfig config = varied(0, 0, 0, side);
      RgbImage image = grid(7, 5);
      for (long seed = 0; seed < 50; seed++) {
        Crop crop = Crop.of(config, image, numbers(image), seed);
        int plane = side * side;
        for (int p = 0; p < plane; p++) {
          int red = (int) crop.pixels()[p];
          int green = (int) crop.pixels()[plane + p];
          int expected = red == 0 ? IndexMask.IGNORE : red + 10 * green;
          assertThat(crop.labels()[p] & 0xff).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aResizedEdgeIsWhereThePicturesEdgeIs() {
    RgbImage image = new RgbImage(40, 20, new byte[3 * 800]);
    byte[] indices = new byte[800];
    for (int p = 0; p < 800; p++) {
      if (p % 40 >= 17) {
        Arrays.fill(image.rgb(), 3 * p, 3 * p + 3, (byte) 200);
        indices[p] = 1;
      }
    }
    IndexMask mask = new IndexMask(40, 20, indices);
    for (long seed = 0; seed < 100; seed++) {
      Crop crop = Crop.of(varied(20, 90, 0, 64), image, mask, seed);
      for (int p = 0; p < 64 * 64; p++) {
        // Bilinear pixels of the edge may be half; all others have one label.
        if (crop.labels()[p] == 1) {
          assertThat(crop.pixels()[p]).isGreaterThanOrEqualTo(60);
        } else if (crop.labels()[p] == 0) {
          assertThat(crop.pixels()[p]).isLessThanOrEqualTo(140);
        } else {
          assertThat(crop.labels()[p]).isEqualTo((byte) IndexMask.IGNORE);
          assertThat(crop.pixels()[p]).isZero();
        }
      }
    }
  }

  @Test
  void colourChangesNoLabelAndAMaskChangesNoPixel() {
    RgbImage image = grid(30, 20);
    AugmentationConfig coloured = varied(20, 40, 1, 24);
    for (long seed = 0; seed < 20; seed++) {
      Crop crop = Crop.of(coloured, image, numbers(image), seed);
      float[] without = new float[crop.pixels().length];
      new Augmentation(coloured, PLAIN).apply(image, new SplittableRandom(seed), without, 0);
      assertThat(crop.pixels()).isEqualTo(without);
      byte[] known = numbers(image).indices();
      for (byte label : crop.labels()) {
        assertThat(label == (byte) IndexMask.IGNORE || contains(known, label)).isTrue();
      }
    }
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    RgbImage image = grid(4, 3);
    IndexMask other = new IndexMask(3, 4, new byte[12]);
    assertThatThrownBy(() -> Crop.of(varied(0, 0, 0, 2), image, other, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mask of 3×4 for a picture of 4×3");
  }

  private static boolean contains(byte[] known, byte label) {
    for (byte each : known) {
      if (each == label) {
        return true;
      }
    }
    return false;
  }
}
