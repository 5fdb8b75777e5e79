package dev.wsss.eval.data.synthetic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticDatasetTest extends SegmentationDatasetContract {

  private static SyntheticConfig config(int classes, int train, int side, long seed) {
    return new SyntheticConfig(classes, train, 40, side, 3, 0.65, 0.055, 0.1, seed);
  }

  @Override
  protected SegmentationDataset open() {
    return new SyntheticDataset(config(5, 60, 64, 1));
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return true;
  }

  @Override
  protected int pictures() {
    return 24;
  }

  @Test
  void everyMachineDrawsTheseBytes() {
    SyntheticDataset data = new SyntheticDataset(config(5, 20, 64, 1));
    CRC32 crc = new CRC32();
    for (Example example : data.examples("train")) {
      crc.update(data.image(example).rgb());
      crc.update(data.mask(example).orElseThrow().indices());
    }
    assertThat(crc.getValue()).isEqualTo(2782017261L);
  }

  @Test
  void aPictureDependsOnSeedSplitAndNumberOnly() {
    SyntheticDataset small = new SyntheticDataset(config(5, 3, 64, 1));
    SyntheticDataset large = new SyntheticDataset(config(5, 60, 64, 1));
    assertThat(large.examples("train").subList(0, 3)).isEqualTo(small.examples("train"));
    Example last = small.examples("train").get(2);
    assertThat(large.image(last).rgb()).isEqualTo(small.image(last).rgb());

    Set<String> pictures = new HashSet<>();
    for (String split : List.of("train", "val")) {
      for (long seed : new long[] {1, 2}) {
        SyntheticDataset data = new SyntheticDataset(config(5, 40, 64, seed));
        for (Example example : data.examples(split)) {
          pictures.add(new String(data.image(example).rgb(), ISO_8859_1));
        }
      }
    }
    assertThat(pictures).hasSize(4 * 40);
  }

  @Test
  void oneToThreeClassesStandInAPictureAndAllClassesOccur() {
    SyntheticDataset data = new SyntheticDataset(config(7, 300, 64, 3));
    BitSet seen = new BitSet();
    int[] pictures = new int[5];
    for (Example example : data.examples("train")) {
      pictures[example.labels().cardinality()]++;
      seen.or(example.labels());
    }
    assertThat(seen.cardinality()).isEqualTo(7);
    assertThat(pictures[0] + pictures[4]).isZero();
    assertThat(pictures[1]).isGreaterThan(pictures[2]).isGreaterThan(100);
    assertThat(pictures[2]).isGreaterThan(50);
    assertThat(pictures[3]).isGreaterThan(20);
  }

  @Test
  void maxClassesAndASingleClassAreKept() {
    SyntheticDataset one =
        new SyntheticDataset(new SyntheticConfig(1, 30, 5, 48, 3, 0.65, 0.055, 0, 1));
    assertThat(one.classes().foreground()).containsExactly("ring");
    assertThat(one.examples("train")).allMatch(e -> e.labels().cardinality() == 1);
    SyntheticDataset single =
        new SyntheticDataset(new SyntheticConfig(6, 60, 5, 64, 1, 0.65, 0.055, 0, 1));
    assertThat(single.examples("train")).allMatch(e -> e.labels().cardinality() == 1);
  }

  @Test
  void thePartIsASmallShareOfTheObject() {
    SceneSampler sampler = new SceneSampler(new SyntheticConfig(5, 1, 1, 64, 3, 0.65, 0.055, 0, 1));
    long part = 0;
    long object = 0;
    for (long i = 0; i < 100; i++) {
      Scene scene = sampler.draw(new dev.wsss.eval.random.Seed(i).generator());
      IndexMask mask = scene.mask();
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          double px = x + 0.5;
          double py = y + 0.5;
          object += mask.at(x, y) > 0 ? 1 : 0;
          part +=
              mask.at(x, y) > 0
                      && scene.layers().stream()
                          .anyMatch(l -> l instanceof Figure f && f.inPart(px, py))
                  ? 1
                  : 0;
        }
      }
    }
    assertThat((double) part / object).isBetween(0.05, 0.15);
  }

  @Test
  void everyClassHasARelativeWithTheSameOutline() {
    for (int classes = 2; classes <= 12; classes++) {
      for (int k = 0; k < classes; k++) {
        ClassLook look = ClassLook.of(k, classes, 1);
        int relatives = 0;
        for (int other = 0; other < classes; other++) {
          ClassLook there = ClassLook.of(other, classes, 1);
          boolean sameBody =
              there.shape() == look.shape()
                  && there.hue() == look.hue()
                  && there.slenderness() == look.slenderness()
                  && there.stripeAngle() == look.stripeAngle()
                  && there.stripeWidth() == look.stripeWidth();
          relatives += sameBody ? 1 : 0;
        }
        assertThat(relatives).as(k + " of " + classes).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void classesHaveNamesOfTheirOwnUpToTheLargestNumber() {
    SyntheticDataset data = new SyntheticDataset(config(60, 2, 32, 1));
    assertThat(data.classes().foreground().subList(5, 8))
        .containsExactly("halves", "ring-2", "check-2");
  }

  @Test
  void anUnknownSplitIsNamedWithTheNearestOne() {
    SegmentationDataset data = open();
    assertThatThrownBy(() -> data.examples("trian"))
        .isInstanceOf(DataException.class)
        .hasMessage("no split 'trian'; splits are train, val; did you mean 'train'?");
    assertThatThrownBy(() -> data.examples("Val"))
        .isInstanceOf(DataException.class)
        .hasMessage("no split 'Val'; splits are train, val; did you mean 'val'?");
  }

  @Test
  void morePicturesThanCanBeLaidOutInSecondsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticConfig(5, 100_000, 160, 64, 3, 0.65, 0.055, 0.1, 1))
        .withMessage(
            "train and val are 100160 pictures of 64×64, 410255360 pixels; at most 50000000 are"
                + " laid out, which are 12207 pictures");
  }

  @Test
  void openingEndsWhereItsProgramIsToldToEnd() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::open)
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped while the data set was opened");
    } finally {
      Thread.interrupted();
    }
  }
}
