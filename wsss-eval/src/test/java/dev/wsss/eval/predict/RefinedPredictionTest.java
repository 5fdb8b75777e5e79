package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import dev.wsss.eval.refine.Refinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefinedPredictionTest {
  private static final int RED = 0xff0000;

  @TempDir private Path temp;

  @Test
  void withoutARefinerTheMaskIsTheOneAtTheThreshold() throws BadImageException {
    RgbImage picture = ColourModel.picture(48, 40, RED, 8, 8, 24, 24);
    try (Predictor predictor = ColourModel.predictor()) {
      PicturePrediction prediction = predictor.predict(red(), picture);

      IndexMask mask = prediction.refined(chain(), picture).mask();

      assertThat(prediction.mask().indices()).contains(0, 1);
      assertThat(mask.indices()).isEqualTo(prediction.mask().indices());
    }
  }

  @Test
  void aLargePictureIsRefinedAtTheSizeItWasLookedAt() throws BadImageException {
    RgbImage picture = ColourModel.picture(160, 80, RED, 16, 16, 64, 48);
    List<String> sizes = new ArrayList<>();
    PseudoLabelRefiner all =
        (looked, scores, id) -> {
          sizes.add(looked.width() + "×" + looked.height());
          float[] planes = new float[scores.planes().length];
          Arrays.fill(planes, scores.pixels(), planes.length, 1);
          return scores.with(planes);
        };
    try (Predictor predictor = ColourModel.predictor()) {
      IndexMask mask = predictor.predict(red(), picture).refined(chain(all), picture).mask();

      assertThat(sizes).containsExactly(ColourModel.SIDE + "×" + ColourModel.SIDE / 2);
      assertThat(mask.width()).isEqualTo(160);
      assertThat(mask.height()).isEqualTo(80);
      assertThat(mask.indices()).containsOnly(1);
    }
  }

  @Test
  void refinersFollowOneAnotherInTheirOrder() throws BadImageException {
    RgbImage picture = ColourModel.picture(48, 40, RED, 8, 8, 24, 24);
    List<String> asked = new ArrayList<>();
    try (Predictor predictor = ColourModel.predictor()) {
      predictor
          .predict(red(), picture)
          .refined(chain(noting("first", asked), noting("second", asked)), picture)
          .mask();
    }
    assertThat(asked).containsExactly("first of red", "second of red");
  }

  @Test
  void aPictureWithoutAClassIsBackgroundAndNoRefinerIsAsked() throws BadImageException {
    RgbImage black = ColourModel.picture(48, 40, 0, 0, 0, 8, 8);
    List<String> asked = new ArrayList<>();
    try (Predictor predictor = ColourModel.predictor()) {
      IndexMask mask =
          predictor
              .predict("black", black)
              .refined(chain(noting("refiner", asked)), black)
              .mask(0.1);

      assertThat(mask.indices()).containsOnly(0);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void pixelsWithARivalWithinTheMarginAreDoubtful() throws BadImageException {
    RgbImage picture = ColourModel.picture(48, 40, RED, 8, 8, 24, 24);
    PseudoLabelRefiner close =
        (looked, scores, id) -> {
          float[] planes = new float[scores.planes().length];
          Arrays.fill(planes, 0, scores.pixels(), 0.45f);
          Arrays.fill(planes, scores.pixels(), planes.length, 0.55f);
          return scores.with(planes);
        };
    try (Predictor predictor = ColourModel.predictor()) {
      RefinedPrediction refined = predictor.predict(red(), picture).refined(chain(close), picture);

      assertThat(refined.mask(0.05).indices()).containsOnly(1);
      assertThat(refined.mask(0.2).indices()).containsOnly(IndexMask.IGNORE);
    }
  }

  @Test
  void picturesInPartsAreNotRefined() {
    RgbImage picture = ColourModel.picture(161, 81, RED, 16, 16, 64, 48);
    try (Predictor predictor = ColourModel.predictor()) {
      PicturePrediction parts = predictor.predict("large", picture, LargePictures.TILED);

      assertThatThrownBy(() -> parts.refined(chain(), picture))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "picture 'large' was looked at in parts; refined are pictures that are looked at"
                  + " whole");
    }
    assertThatThrownBy(
            () ->
                new PredictionSettings(
                    Optional.empty(), LargePictures.TILED, Optional.of(chain()), 0, false, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pictures that are looked at in parts are not refined; choose one of the two");
  }

  @Test
  void aFolderHoldsMasksOfOneChain() throws IOException {
    Path pictures = Files.createDirectories(temp.resolve("pictures"));
    TestImages.colour(pictures.resolve("a.png"), 40, 30, RED);
    Path out = temp.resolve("out");
    PseudoLabelRefiner none =
        (looked, scores, id) -> {
          float[] planes = new float[scores.planes().length];
          Arrays.fill(planes, 0, scores.pixels(), 1);
          return scores.with(planes);
        };

    run(pictures, out, Optional.of(new Refinement(List.of(none), "nothing stays")));

    assertThat(new MaskFile(out.resolve("masks/a.png")).read().indices()).containsOnly(0);
    assertThatThrownBy(() -> run(pictures, out, Optional.empty()))
        .isInstanceOf(PredictionFolderException.class)
        .hasMessage(
            out
                + " holds predictions of another model or with other settings: there 'mask"
                + " threshold: 0.5, refined by nothing stays', now 'mask threshold: 0.5'; choose"
                + " another folder, or delete this one");
  }

  private static void run(Path pictures, Path out, Optional<Refinement> refinement) {
    try (Predictor predictor = ColourModel.predictor()) {
      new PredictionJob(
              predictor,
              "colours",
              new PredictionSettings(
                  Optional.empty(), LargePictures.SCALED, refinement, 0, false, false))
          .run(SourcePictures.of(List.of(pictures)), out, JobListener.SILENT);
    }
  }

  private static Example red() {
    BitSet labels = new BitSet();
    labels.set(0);
    return new Example("red", labels);
  }

  private static Refinement chain(PseudoLabelRefiner... refiners) {
    return new Refinement(List.of(refiners), "of the test");
  }

  private static PseudoLabelRefiner noting(String name, List<String> asked) {
    return (picture, scores, id) -> {
      asked.add(name + " of " + id);
      return new ClassScores(
          scores.width(), scores.height(), scores.present(), scores.planes().clone());
    };
  }
}
