package dev.wsss.eval.metric;

import static dev.wsss.eval.metric.DrawnMasks.mask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.eval.image.MaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaskScoresTest {
  @TempDir private Path temp;

  private static MaskScores score(DrawnMasks data, Path folder) {
    return MaskScores.of(data, data.examples("val"), folder);
  }

  @Test
  void aFolderIsScoredBesideMasksThatNeedNoNetwork() throws IOException {
    DrawnMasks data =
        new DrawnMasks()
            .with("a", Optional.of(mask("0000", "1120", "0000", "0000")))
            .with("b", Optional.of(mask("2222", "2222", "2222", "0022")))
            .with("c", Optional.empty());
    for (String id : List.of("a", "b", "c")) {
      new MaskFile(temp.resolve(id + ".png")).write(mask("0000", "1100", "2222", "0022"));
    }

    MaskScores scores = score(data, temp);

    assertThat(scores.pictures()).isEqualTo(2);
    assertThat(scores.unmasked()).isEqualTo(1);
    assertThat(scores.masks().confusion().pairs())
        .containsExactly(new Confusion.Pair(2, 1, 2, 2 / 15.0));
    // 13 + 2 pixels are background, of 32.
    assertThat(scores.background().confusion().iou()).containsExactly(15 / 32.0, 0, 0, Double.NaN);
    // Both pictures show a dog, so that the first gets it too.
    assertThat(scores.whole().confusion().iou()).containsExactly(0, 0, 15 / 32.0, Double.NaN);
    // A disc of half of 16 pixels, and so of radius 1.6, holds the 12 that are not corners.
    assertThat(scores.disc().confusion().count(2, 2)).isEqualTo(1 + 11);
  }

  @Test
  void aDiscIsInTheMiddleAndHalfThePicture() {
    BitSet labels = new BitSet();
    labels.set(2);
    Example example = new Example("a", labels);
    IndexMask disc = new TrivialMasks(List.of(example), 3).disc(example, 300, 200);

    long inside = 0;
    for (byte index : disc.indices()) {
      assertThat(index).isIn((byte) 0, (byte) 3);
      inside += index == 3 ? 1 : 0;
    }
    assertThat(inside / 60_000.0).isCloseTo(0.5, Offset.offset(0.002));
    assertThat(disc.at(150, 100)).isEqualTo(3);
    assertThat(disc.at(150, 3)).isEqualTo(3);
    assertThat(disc.at(150, 1)).isZero();
    assertThat(disc.at(150, 196)).isEqualTo(3);
    assertThat(disc.at(150, 198)).isZero();
  }

  @Test
  void aPictureWithoutALabelIsBackground() {
    Example example = new Example("a", new BitSet());
    assertThat(new TrivialMasks(List.of(example), 3).whole(example, 2, 2).indices())
        .containsOnly(0);
  }

  @Test
  void missingMasksAreTold() throws IOException {
    DrawnMasks data =
        new DrawnMasks().with("a", Optional.of(mask("01"))).with("b", Optional.of(mask("01")));

    refuses(data, temp.resolve("no"), temp.resolve("no") + ": no such folder");
    new MaskFile(temp.resolve("a.png")).write(mask("01"));
    refuses(data, temp, temp + " lacks the masks of 1 of 2 pictures, for example b.png");
  }

  @Test
  void masksThatDoNotFitAreTold() throws IOException {
    Path file = temp.resolve("a.png");
    DrawnMasks data = new DrawnMasks().with("a", Optional.of(mask("01")));

    new MaskFile(file).write(mask("011"));
    refuses(data, temp, file + ": picture 'a': a mask of 3×1 for a picture of 2×1");
    new MaskFile(file).write(mask("09"));
    refuses(data, temp, file + ": picture 'a': mask index 9; allowed are 0 to 3 and 255");
    refuses(
        new DrawnMasks().with("a", Optional.empty()),
        temp,
        "none of the 1 pictures has an exact mask, so there is nothing to score " + temp + " with");
  }

  private static void refuses(DrawnMasks data, Path folder, String message) {
    assertThatThrownBy(() -> score(data, folder))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void twentyLinesOfNumpySayTheSame() throws Exception {
    String python = pythonWithNumpy();
    Random random = new Random(5);
    DrawnMasks data = new DrawnMasks();
    for (int i = 0; i < 8; i++) {
      int width = 60 + random.nextInt(120);
      int height = 60 + random.nextInt(120);
      IndexMask truth = DrawnMasks.random(random, width, height);
      data.with("p" + i, Optional.of(truth));
      new MaskFile(temp.resolve("truth/p" + i + ".png")).write(truth);
      IndexMask predicted = DrawnMasks.random(random, width, height);
      for (int p = 0; p < width * height; p++) {
        if (random.nextInt(3) > 0) {
          predicted.indices()[p] = truth.indices()[p];
        }
      }
      new MaskFile(temp.resolve("masks/p" + i + ".png")).write(predicted);
    }
    MaskScores.Tally tally = score(data, temp.resolve("masks")).masks();

    Process process =
        new ProcessBuilder(
                python,
                SharedFiles.repository().resolve("examples/parity/score.py").toString(),
                temp.resolve("truth").toString(),
                temp.resolve("masks").toString(),
                "3")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    String[] words = said.split("\\s+");
    assertThat(words[0]).isEqualTo("miou");
    assertThat(Double.parseDouble(words[1]))
        .isBetween(0.2, 0.95)
        .isCloseTo(tally.confusion().miou(), Offset.offset(1e-6));
    assertThat(words[2]).isEqualTo("boundary-f");
    assertThat(Double.parseDouble(words[3]))
        .isBetween(0.1, 0.95)
        .isCloseTo(tally.boundary().mean(), Offset.offset(1e-4));
  }

  private static String pythonWithNumpy() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import numpy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return python;
        }
      } catch (IOException e) {
        // Not there: the next one.
      }
    }
    return Assumptions.abort("needs python3 with numpy (Debian: python3-numpy)");
  }
}
