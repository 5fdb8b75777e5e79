package dev.wsss.eval.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColourJitterTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void brightnessIsAFactorThatStopsAtWhite() {
    byte[] rgb = bytes(0, 100, 200);
    ColourJitter.brighten(rgb, 1.4f);
    assertThat(rgb).isEqualTo(bytes(0, 140, 255));
  }

  @Test
  void contrastMovesAwayFromTheMeanGrey() {
    // Mean grey of 50 and 150 is 100.
    byte[] rgb = bytes(50, 50, 50, 150, 150, 150);
    ColourJitter.contrast(rgb, 1.2f);
    assertThat(rgb).isEqualTo(bytes(40, 40, 40, 160, 160, 160));
  }

  @Test
  void saturationMovesAwayFromThePixelsGrey() {
    // 0.299·200 + 0.587·100 + 0.114·20 = 120.8, rounded to 121; halves are rounded up.
    byte[] rgb = bytes(200, 100, 20);
    ColourJitter.saturate(rgb, 0.5f);
    assertThat(rgb).isEqualTo(bytes(161, 111, 71));
    ColourJitter.saturate(rgb, 0);
    assertThat(rgb[1]).isEqualTo(rgb[0]);
    assertThat(rgb[2]).isEqualTo(rgb[0]);
  }

  @Test
  void aThirdOfATurnChangesRedToGreenAndASixthToYellow() {
    byte[] third = bytes(200, 20, 20);
    ColourJitter.turnHue(third, 1 / 3f);
    assertThat(third).isEqualTo(bytes(20, 200, 20));
    byte[] sixth = bytes(200, 20, 20);
    ColourJitter.turnHue(sixth, 1 / 6f);
    assertThat(sixth).isEqualTo(bytes(200, 200, 20));
    byte[] back = bytes(200, 20, 20);
    ColourJitter.turnHue(back, -1 / 3f);
    assertThat(back).isEqualTo(bytes(20, 20, 200));
  }

  @Test
  void turningAllTheWayLeavesEveryColourWhereItWas() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] rgb = new byte[3000];
    random.nextBytes(rgb);
    byte[] turned = rgb.clone();
    ColourJitter.turnHue(turned, 1);
    for (int i = 0; i < rgb.length; i++) {
      assertThat(Math.abs((turned[i] & 0xff) - (rgb[i] & 0xff))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void greyHasNoHue() {
    byte[] rgb = bytes(77, 77, 77);
    ColourJitter.turnHue(rgb, 0.3f);
    assertThat(rgb).isEqualTo(bytes(77, 77, 77));
  }

  @Test
  void noStrengthChangesNothing() {
    byte[] rgb = bytes(1, 50, 250, 9, 8, 7);
    new ColourJitter(0, 0, 0, 0).apply(rgb, new SplittableRandom(1));
    assertThat(rgb).isEqualTo(bytes(1, 50, 250, 9, 8, 7));
  }
}
