package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link PseudoLabelRefiner} promises. Extend it with the refiner under test. */
public abstract class PseudoLabelRefinerContract {

  /** A fresh refiner; equal ones at each call. */
  protected abstract PseudoLabelRefiner refiner();

  /**
   * Called for each picture before it is refined, so that a refiner which reads a file by a
   * picture's name finds one. Does nothing here.
   */
  protected void prepare(String id, RgbImage picture) throws IOException {}

  /** A picture with scores for it. */
  private record Case(String id, RgbImage picture, ClassScores scores) {}

  @Test
  void keepsSizeAndClasses() {
    for (Case own : cases()) {
      ClassScores refined = refine(refiner(), own);
      assertThat(refined.width()).isEqualTo(own.scores.width());
      assertThat(refined.height()).isEqualTo(own.scores.height());
      assertThat(refined.present()).containsExactly(own.scores.present());
    }
  }

  @Test
  void givesScoresFromZeroToOne() {
    for (Case own : cases()) {
      for (float score : refine(refiner(), own).planes()) {
        assertThat(score).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void labelsNothingWithAClassThatIsAbsent() {
    Case own = aCase(1, 9, 7, 2, 5);
    for (byte index : refine(refiner(), own).labels().indices()) {
      assertThat((int) index).isIn(0, 3, 6);
    }
  }

  @Test
  void doesNotChangeWhatItIsGiven() {
    for (Case own : cases()) {
      byte[] rgb = own.picture.rgb().clone();
      float[] planes = own.scores.planes().clone();
      ClassScores refined = refine(refiner(), own);
      assertThat(own.picture.rgb()).isEqualTo(rgb);
      assertThat(own.scores.planes()).isEqualTo(planes);
      assertThat(refined.planes()).isNotSameAs(own.scores.planes());
    }
  }

  @Test
  void keepsNothingOfThePicturesBefore() {
    PseudoLabelRefiner used = refiner();
    cases().forEach(own -> refine(used, own));
    for (Case own : cases()) {
      assertThat(refine(used, own).planes()).isEqualTo(refine(refiner(), own).planes());
    }
  }

  @Test
  void servesSeveralThreadsAtOnce() throws InterruptedException, ExecutionException {
    PseudoLabelRefiner shared = refiner();
    List<Case> cases = cases();
    List<float[]> alone = cases.stream().map(own -> refine(refiner(), own).planes()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int turn = 0; turn < 4; turn++) {
        for (Case own : cases) {
          together.add(threads.submit(() -> refine(shared, own).planes()));
        }
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % cases.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void leavesAPictureOfOneColourAndOneOpinionAsItWas() {
    int width = 12;
    int height = 8;
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 90);
    float[] planes = new float[3 * width * height];
    Arrays.fill(planes, 0.2f);
    Arrays.fill(planes, 2 * width * height, 3 * width * height, 0.7f);
    Case flat =
        prepared(
            new Case(
                "flat",
                new RgbImage(width, height, rgb),
                new ClassScores(width, height, new int[] {4, 11}, planes)));
    ClassScores refined = refine(refiner(), flat);
    for (byte index : refined.labels().indices()) {
      assertThat((int) index).isEqualTo(12);
    }
  }

  @Test
  void refusesScoresOfAnotherSize() {
    Case own = aCase(1, 9, 7, 0);
    ClassScores other = aCase(7, 7, 9, 0).scores;
    assertThatThrownBy(() -> refiner().refine(own.picture, other, own.id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores of 7×9 pixels for a picture of 9×7");
  }

  private static ClassScores refine(PseudoLabelRefiner refiner, Case own) {
    try {
      return refiner.refine(own.picture, own.scores, own.id);
    } catch (BadImageException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Case prepared(Case own) {
    try {
      prepare(own.id, own.picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return own;
  }

  /** Of several sizes and numbers of classes, none included; some are large enough to be cut. */
  private List<Case> cases() {
    return List.of(
        aCase(1, 9, 7, 0),
        aCase(2, 1, 1, 3),
        aCase(3, 16, 5),
        aCase(4, 31, 40, 0, 1, 2, 7, 19),
        aCase(5, 90, 70, 6, 8),
        aCase(6, 1, 50, 253));
  }

  private Case aCase(long seed, int width, int height, int... present) {
    Random random = new Random(seed);
    byte[] rgb = new byte[3 * width * height];
    random.nextBytes(rgb);
    float[] planes = new float[(present.length + 1) * width * height];
    for (int i = 0; i < planes.length; i++) {
      // Zeros and ones too, as maps have.
      planes[i] = Math.max(0, Math.min(1, 1.4f * random.nextFloat() - 0.2f));
    }
    return prepared(
        new Case(
            "case-" + seed,
            new RgbImage(width, height, rgb),
            new ClassScores(width, height, present, planes)));
  }
}
