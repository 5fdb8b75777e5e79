package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.metric.PictureCounts.OfClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedPicturesTest {

  @Test
  void theIntervalIsThatOfSummedCountsOfDrawnPictures() {
    List<PictureCounts> baseline = pictures(6, 1);
    List<PictureCounts> other = pictures(6, 2);
    PairedPictures paired = new PairedPictures(List.of(new PairedPictures.Pair(baseline, other)));

    SplittableRandom random = new SplittableRandom(1);
    double[] differences = new double[10_000];
    for (int draw = 0; draw < differences.length; draw++) {
      List<PictureCounts> drawnBaseline = new ArrayList<>();
      List<PictureCounts> drawnOther = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int picture = random.nextInt(6);
        drawnBaseline.add(baseline.get(picture));
        drawnOther.add(other.get(picture));
      }
      differences[draw] = PictureCounts.miou(drawnOther) - PictureCounts.miou(drawnBaseline);
    }
    Arrays.sort(differences);
    assertThat(paired.interval().low()).isCloseTo(differences[250], within(1e-12));
    assertThat(paired.interval().high()).isCloseTo(differences[9749], within(1e-12));
    assertThat(paired.difference())
        .isCloseTo(PictureCounts.miou(other) - PictureCounts.miou(baseline), within(1e-12))
        .isBetween(paired.interval().low(), paired.interval().high());
  }

  @Test
  void equalRunsDifferInNothing() {
    List<PictureCounts> pictures = pictures(9, 3);
    PairedPictures paired =
        new PairedPictures(List.of(new PairedPictures.Pair(pictures, pictures)));
    assertThat(paired.difference()).isZero();
    assertThat(paired.interval()).isEqualTo(new PairedDifference.Interval(0, 0));
    assertThat(paired.better() + paired.worse()).isZero();
  }

  @Test
  void countsBetterAndWorsePicturesOfAllPairs() {
    List<PictureCounts> poor = List.of(half("a", 1), half("b", 5), half("c", 5));
    List<PictureCounts> good = List.of(half("a", 5), half("b", 4), half("c", 5));
    PairedPictures paired =
        new PairedPictures(
            List.of(new PairedPictures.Pair(poor, good), new PairedPictures.Pair(poor, good)));
    assertThat(paired.better()).isEqualTo(2);
    assertThat(paired.worse()).isEqualTo(2);
  }

  @Test
  void onePictureGivesNoIntervalAndOtherPicturesCannotBePaired() {
    List<PictureCounts> one = pictures(1, 1);
    assertThat(new PairedPictures(List.of(new PairedPictures.Pair(one, one))).interval().low())
        .isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedPictures.Pair(one, pictures(2, 1)))
        .withMessage("1 pictures cannot be paired with 2");
  }

  private static PictureCounts half(String name, int agreed) {
    return new PictureCounts(
        name, List.of(new OfClass(0, 5, 10 - agreed, 5), new OfClass(1, 5, agreed, agreed)));
  }

  /** Of three classes; background is not in the truth of the last. */
  private static List<PictureCounts> pictures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PictureCounts> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long agreed = random.nextInt(50);
      pictures.add(
          new PictureCounts(
              "p" + i,
              i == count - 1
                  ? List.of(new OfClass(0, 0, 100 - agreed, 0), new OfClass(2, 100, agreed, agreed))
                  : List.of(
                      new OfClass(0, 50, 100 - agreed, 50), new OfClass(1, 50, agreed, agreed))));
    }
    return pictures;
  }
}
