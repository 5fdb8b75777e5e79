package dev.wsss.api.data;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PixelsTest {

  @Test
  void sizesWhoseProductOverflowsAreRefused() {
    // 65,536 squared is 0 in 32 bits.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexMask(65_536, 65_536, new byte[0]))
        .withMessage("0 bytes do not hold a mask of 65536×65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RgbImage(65_536, 65_536, new byte[0]))
        .withMessage("0 bytes do not hold an RGB image of 65536×65536");
  }

  @Test
  void backgroundIsNoForegroundClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassNames(List.of("cat", "background")))
        .withMessage("'background' is the name of mask index 0, not of a foreground class");
  }
}
