package dev.wsss.eval.metric;

import static dev.wsss.eval.metric.DrawnMasks.mask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ConfusionTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  private static Confusion counted() {
    Confusion confusion = new Confusion(3);
    confusion.add("a", mask("0112x", "01122"), mask("00113", "011x2"));
    confusion.add("b", mask("000", "222"), mask("010", "112"));
    return confusion;
  }

  @Test
  void iouIsOverAllPicturesAndAClassThatIsNowhereIsLeftOut() {
    double[] iou = counted().iou();

    // Background: 5 true, 4 agree, 5 predicted. Cat: 4 true, 3 agree, 7 predicted.
    assertThat(iou[0]).isCloseTo(4 / 6.0, EXACT);
    assertThat(iou[1]).isCloseTo(3 / 8.0, EXACT);
    // Dog: 6 true, 2 agree, 2 predicted; of its pixels one was not told.
    assertThat(iou[2]).isCloseTo(2 / 6.0, EXACT);
    assertThat(iou[3]).isNaN();
    assertThat(counted().miou()).isCloseTo((4 / 6.0 + 3 / 8.0 + 2 / 6.0) / 3, EXACT);
  }

  @Test
  void pairsSayWhichClassTakesWhosePixels() {
    assertThat(counted().pairs()).containsExactly(new Confusion.Pair(2, 1, 3, 3 / 6.0));
  }

  @Test
  void errorsAreSharesOfAllPixelsThatCount() {
    Confusion.Errors errors = counted().errors();

    assertThat(errors.missed()).isCloseTo(2 / 15.0, EXACT);
    assertThat(errors.invented()).isCloseTo(1 / 15.0, EXACT);
    assertThat(errors.confused()).isCloseTo(3 / 15.0, EXACT);
  }

  @Test
  void backgroundThatTheTruthNeverHoldsDoesNotCount() {
    Confusion confusion = new Confusion(1);
    confusion.add("a", mask("1xx1"), mask("1000"));

    assertThat(confusion.iou()).containsExactly(Double.NaN, 0.5);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Confusion confusion = new Confusion(3);
    assertThatThrownBy(() -> confusion.add("a", mask("00"), mask("0", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("picture 'a': a mask of 1×2 for a picture of 2×1");
    assertThatThrownBy(() -> confusion.add("a", mask("00"), mask("04")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("picture 'a': mask index 4; allowed are 0 to 3 and 255");
  }
}
