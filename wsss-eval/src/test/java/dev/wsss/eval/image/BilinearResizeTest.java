package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.RgbImage;
import org.junit.jupiter.api.Test;

class BilinearResizeTest {

  @Test
  void enlargingInterpolatesBetweenCentresAndRepeatsTheBorder() {
    // Outputs are centred at 0.25, 0.75, 1.25, 1.75: the first and last lie outside both centres.
    assertThat(new BilinearResize(2, 1, 4, 1).apply(new float[] {0, 8}))
        .containsExactly(0, 2, 6, 8);
  }

  @Test
  void shrinkingToHalfTakesATriangleOfFour() {
    // Centre 1 of inputs 0…5, half-width 2: weights ¾·½, ¾·½ … that is 3, 3, 1 of 7 at the border,
    // and 1, 3, 3, 1 of 8 inside.
    float[] out = new BilinearResize(6, 1, 3, 1).apply(new float[] {7, 14, 28, 56, 112, 224});
    assertThat(out[0]).isCloseTo((3 * 7 + 3 * 14 + 28) / 7f, within(1e-4f));
    assertThat(out[1]).isCloseTo((14 + 3 * 28 + 3 * 56 + 112) / 8f, within(1e-4f));
    assertThat(out[2]).isCloseTo((56 + 3 * 112 + 3 * 224) / 7f, within(1e-4f));
  }

  @Test
  void bothAxesAreResizedByThemselves() {
    float[] out = new BilinearResize(2, 2, 1, 4).apply(new float[] {0, 4, 8, 12});
    assertThat(out).containsExactly(2, 4, 8, 10);
  }

  @Test
  void aConstantStaysConstantAtAnySize() {
    float[] plane = new float[7 * 5];
    java.util.Arrays.fill(plane, 3);
    for (int to = 1; to < 20; to++) {
      for (float value : new BilinearResize(7, 5, to, 20 - to).apply(plane)) {
        assertThat(value).isCloseTo(3, within(1e-5f));
      }
    }
  }

  @Test
  void aPictureIsResizedByChannelAndRounded() {
    RgbImage image = new RgbImage(2, 1, new byte[] {0, (byte) 255, 10, 2, (byte) 255, 20});
    RgbImage wide = new BilinearResize(2, 1, 4, 1).apply(image);
    assertThat(wide.width()).isEqualTo(4);
    // Red 0, ½, 1½, 2; blue 10, 12½, 17½, 20; halves are rounded up.
    assertThat(wide.rgb()).containsExactly(0, 255, 10, 1, 255, 13, 2, 255, 18, 2, 255, 20);
  }

  @Test
  void theSameSizeGivesThePictureItself() {
    RgbImage image = new RgbImage(1, 1, new byte[3]);
    assertThat(new BilinearResize(1, 1, 1, 1).apply(image)).isSameAs(image);
  }

  @Test
  void theLongSideIsMetAndTheShapeKept() {
    RgbImage tall = new RgbImage(30, 40, new byte[3 * 30 * 40]);
    RgbImage shrunk = BilinearResize.toLongSide(tall, 20).apply(tall);
    assertThat(shrunk.width()).isEqualTo(15);
    assertThat(shrunk.height()).isEqualTo(20);
    RgbImage line = new RgbImage(100, 1, new byte[300]);
    assertThat(BilinearResize.toLongSide(line, 10).apply(line).height()).isEqualTo(1);
  }

  @Test
  void otherSizesThanSaidAreRefused() {
    BilinearResize resize = new BilinearResize(2, 2, 4, 4);
    assertThatThrownBy(() -> resize.apply(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values are no plane of 2×2");
    assertThatThrownBy(() -> resize.apply(new RgbImage(1, 1, new byte[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a picture of 1×1, not 2×2");
    assertThatThrownBy(() -> new BilinearResize(2, 2, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot resize 2×2 to 0×4");
  }
}
