package dev.wsss.eval.refine.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.testing.PseudoLabelRefinerContract;
import dev.wsss.eval.image.MaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalMasksTest extends PseudoLabelRefinerContract {
  /** 4×2 pixels of background, class 3 and class 8. */
  private static final float[] PLANES = {
    0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, // background
    0.9f, 0.6f, 0.1f, 0.1f, 0.9f, 0.2f, 0.1f, 0.1f,
    0.1f, 0.1f, 0.1f, 0.8f, 0.1f, 0.1f, 0.1f, 0.4f
  };

  private static final ClassScores SCORES = new ClassScores(4, 2, new int[] {3, 8}, PLANES);
  private static final RgbImage PICTURE = new RgbImage(4, 2, new byte[24]);

  @TempDir private Path folder;

  @Override
  protected PseudoLabelRefiner refiner() {
    return refiner(1, 0);
  }

  private ExternalMasks refiner(double blend, double minimumScore) {
    return new ExternalMasks(new ExternalMasksConfig(folder, blend, minimumScore));
  }

  /** Stripes of six regions, and some of none. */
  @Override
  protected void prepare(String id, RgbImage picture) throws IOException {
    byte[] regions = new byte[picture.width() * picture.height()];
    for (int p = 0; p < regions.length; p++) {
      regions[p] = (byte) (p / 5 % 7);
    }
    new MaskFile(folder.resolve(id + ".png"))
        .write(new IndexMask(picture.width(), picture.height(), regions));
  }

  @Test
  void eachRegionOfAnIndexPictureTakesItsLargestMeanScore() throws IOException {
    byte[] regions = {1, 1, 0, 2, 1, 1, 3, 2};
    new MaskFile(folder.resolve("sub/a.png")).write(new IndexMask(4, 2, regions));
    ClassScores refined = refiner(1, 0).refine(PICTURE, SCORES, "sub/a");
    // Means of 1: 0.5, 0.65, 0.1; of 2: 0.5, 0.1, 0.6; of 3: 0.5, 0.1, 0.1.
    assertThat(refined.planes())
        .containsExactly(
            0, 0, 0.5f, 0, 0, 0, 1, 0, //
            1, 1, 0.1f, 0, 1, 1, 0, 0, //
            0, 0, 0.1f, 1, 0, 0, 0, 1);
    assertThat(refined.labels().indices()).containsExactly(4, 4, 0, 9, 4, 4, 0, 9);
  }

  @Test
  void scoresAreBlendedWithTheRegionsClass() throws IOException {
    new MaskFile(folder.resolve("a.png"))
        .write(new IndexMask(4, 2, new byte[] {0, 0, 0, 1, 0, 0, 0, 1}));
    float[] refined = refiner(0.25, 0).refine(PICTURE, SCORES, "a").planes();
    float[] expected = PLANES.clone();
    for (int p : new int[] {3, 7}) {
      expected[p] = 0.75f * 0.5f;
      expected[8 + p] = 0.75f * 0.1f;
      expected[16 + p] = 0.75f * PLANES[16 + p] + 0.25f;
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(refined[i]).as("score %s", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void whereRegionsOverlapTheSmallestThatSaysSomethingDecides() throws IOException {
    // The left half; its lower row; a pixel of it; all. Runs go down the columns.
    String regions =
        """
        {"image": {"file_name": "a.jpg"}, "annotations": [
          {"segmentation": {"size": [2, 4], "counts": [0, 4, 4]}, "area": 4},
          {"segmentation": {"size": [2, 4], "counts": [3, 1, 4]}, "area": 1},
          {"segmentation": {"size": [2, 4], "counts": [0, 8]}, "area": 8}]}
        """;
    Files.writeString(folder.resolve("a.json"), regions);
    // Means: left half 0.5, 0.65, 0.1; the pixel at (1, 1) 0.5, 0.2, 0.1; all 0.5, 0.375, 0.225.
    assertThat(refiner(1, 0).refine(PICTURE, SCORES, "a").labels().indices())
        .containsExactly(4, 4, 0, 0, 4, 0, 0, 0);
    assertThat(refiner(1, 0.6).refine(PICTURE, SCORES, "a").planes())
        .containsExactly(
            0, 0, 0.5f, 0.5f, 0, 0, 0.5f, 0.5f, //
            1, 1, 0.1f, 0.1f, 1, 1, 0.1f, 0.1f, //
            0, 0, 0.1f, 0.8f, 0, 0, 0.1f, 0.4f);
  }

  @Test
  void ofEquallyLargeRegionsTheLastDecides() throws IOException {
    // Column 1 is background; (0, 1) and (1, 0) are class 3. They share (1, 0).
    String column = "{\"segmentation\": {\"size\": [2, 4], \"counts\": [2, 2, 4]}}";
    String diagonal = "{\"segmentation\": {\"size\": [2, 4], \"counts\": [1, 2, 5]}}";
    Files.writeString(folder.resolve("a.json"), "[" + column + ", " + diagonal + "]");
    Files.writeString(folder.resolve("b.json"), "[" + diagonal + ", " + column + "]");
    assertThat(refiner(1, 0).refine(PICTURE, SCORES, "a").labels().indices())
        .containsExactly(4, 4, 0, 9, 4, 0, 0, 0);
    assertThat(refiner(1, 0).refine(PICTURE, SCORES, "b").labels().indices())
        .containsExactly(4, 0, 0, 9, 4, 0, 0, 0);
  }

  @Test
  void aRegionWithoutPixelsSaysNothing() throws IOException {
    Files.writeString(
        folder.resolve("a.json"), "[{\"segmentation\": {\"size\": [2, 4], \"counts\": \"8\"}}]");
    assertThat(refiner(1, 0).refine(PICTURE, SCORES, "a").planes()).isEqualTo(PLANES);
  }

  @Test
  void whatIsMissingOrTwiceIsNamed() throws IOException {
    assertThatThrownBy(() -> refiner(1, 0).refine(PICTURE, SCORES, "a"))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            "external-masks: picture 'a' has no regions: neither %s nor %s exists"
                .formatted(folder.resolve("a.json"), folder.resolve("a.png")));
    Files.writeString(folder.resolve("a.json"), "[]");
    Files.writeString(folder.resolve("a.png"), "");
    assertThatThrownBy(() -> refiner(1, 0).refine(PICTURE, SCORES, "a"))
        .hasMessage(
            "external-masks: picture 'a' has regions in both %s and %s; keep one of them"
                .formatted(folder.resolve("a.json"), folder.resolve("a.png")));
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> new ExternalMasks(new ExternalMasksConfig(none, 1, 0)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "external-masks: the folder %s does not exist; it holds NAME.json or NAME.png for each picture"
                .formatted(none));
    Path file = folder.resolve("a.json");
    assertThatThrownBy(() -> new ExternalMasks(new ExternalMasksConfig(file, 1, 0)))
        .hasMessage(
            "external-masks: the folder %s is a file; it holds NAME.json or NAME.png for each picture"
                .formatted(file));
  }

  @Test
  void anIndexPictureOfAnotherSizeIsRefused() throws IOException {
    Path file = folder.resolve("a.png");
    new MaskFile(file).write(new IndexMask(2, 4, new byte[8]));
    assertThatThrownBy(() -> refiner(1, 0).refine(PICTURE, SCORES, "a"))
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": regions of 2×4; the picture is 4×2");
  }
}
