package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.image.VocColours;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaySheetTest {
  private static final int TILE = 80;
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  @TempDir Path folder;

  /** Grey, 4×4; the truth's upper half is cat. */
  private static SheetRow row(List<Optional<SheetRow.Overlay>> cells) {
    byte[] grey = new byte[48];
    Arrays.fill(grey, (byte) 100);
    byte[] truth = new byte[16];
    Arrays.fill(truth, 0, 8, (byte) 1);
    return new SheetRow(
        "2007_000123: cat",
        new RgbImage(4, 4, grey),
        Optional.of(new IndexMask(4, 4, truth)),
        cells);
  }

  /** Dog everywhere; the left half scores 0.6, the right half 0. */
  private static Optional<SheetRow.Overlay> dog(double threshold) {
    byte[] winner = new byte[16];
    Arrays.fill(winner, (byte) 1);
    float[] score = new float[16];
    for (int p = 0; p < 16; p++) {
      score[p] = p % 4 < 2 ? 0.6f : 0;
    }
    return Optional.of(new SheetRow.Overlay(new ScoreMap(4, 4, winner, score), threshold));
  }

  @Test
  void showsPictureTruthMaskAndHeatSideBySide() throws IOException {
    OverlaySheet sheet = new OverlaySheet(CLASSES, List.of("baseline", "full"), TILE);
    Path file = folder.resolve("overlays.png");
    sheet.write(file, List.of(row(List.of(dog(0.5), dog(0.7))), row(List.of(dog(0.5), dog(0.7)))));
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(6 * (TILE + 6) + 6);

    Color grey = new Color(100, 100, 100);
    Color cat = new Color(117, 40, 40); // 0.4 · grey + 0.6 · (128, 0, 0)
    Color dog = new Color(40, 117, 40);
    for (int row = 0; row < 2; row++) {
      assertThat(colour(image, row, 0, 0.2, 0.2)).isEqualTo(grey);
      assertThat(colour(image, row, 1, 0.2, 0.2)).isEqualTo(cat);
      assertThat(colour(image, row, 1, 0.2, 0.8)).isEqualTo(grey);
      assertThat(colour(image, row, 2, 0.2, 0.8)).isEqualTo(dog);
      assertThat(colour(image, row, 2, 0.8, 0.2)).isEqualTo(grey);
      assertThat(colour(image, row, 4, 0.2, 0.2)).as("0.6 is below 0.7").isEqualTo(grey);
      assertThat(colour(image, row, 3, 0.2, 0.2).getRed())
          .as("hot is brighter than cold")
          .isGreaterThan(colour(image, row, 3, 0.8, 0.2).getRed() + 50);
    }
  }

  @Test
  void leavesTheColumnsOfAnUnfinishedCellWhite() {
    BufferedImage image =
        new OverlaySheet(CLASSES, List.of("baseline"), TILE)
            .draw(List.of(row(List.of(Optional.empty()))));
    assertThat(colour(image, 0, 2, 0.5, 0.5)).isEqualTo(Color.WHITE);
    assertThat(colour(image, 0, 3, 0.5, 0.5)).isEqualTo(Color.WHITE);
  }

  @Test
  void fitsAWidePictureIntoItsTile() {
    byte[] white = new byte[3 * 8 * 2];
    SheetRow wide = new SheetRow("wide", new RgbImage(8, 2, white), Optional.empty(), List.of());
    BufferedImage image = new OverlaySheet(CLASSES, List.of(), TILE).draw(List.of(wide));
    assertThat(colour(image, 0, 0, 0.5, 0.5)).isEqualTo(Color.BLACK);
    assertThat(colour(image, 0, 0, 0.05, 0.5)).isEqualTo(Color.BLACK);
    assertThat(colour(image, 0, 0, 0.5, 0.3)).isEqualTo(Color.WHITE);
  }

  @Test
  void listsTheClassesThatAreShown() {
    BufferedImage image =
        new OverlaySheet(CLASSES, List.of("full"), TILE).draw(List.of(row(List.of(dog(0.5)))));
    int y = 20 + 20 + TILE + 6 + 10;
    assertThat(new Color(image.getRGB(6 + 6, y))).isEqualTo(new Color(128, 0, 0));
    assertThat(new Color(image.getRGB(6 + TILE + 6 + 6, y))).isEqualTo(new Color(0, 128, 0));
  }

  @Test
  void refusesARowWithAnotherNumberOfCells() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OverlaySheet(CLASSES, List.of("a", "b"), TILE).draw(List.of(row(List.of()))))
        .withMessage("row '2007_000123: cat' has 0 cells of 2");
  }

  @Test
  void refusesAMapOfAnotherSize() {
    var small = new SheetRow.Overlay(new ScoreMap(1, 1, new byte[1], new float[1]), 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row(List.of(Optional.of(small))))
        .withMessage("row '2007_000123: cat': a score map of 1×1 on a picture of 4×4");
  }

  @Test
  void usesTheColoursOfPascalVoc() {
    assertThat(new Color(VocColours.rgb(0))).isEqualTo(Color.BLACK);
    assertThat(new Color(VocColours.rgb(1))).isEqualTo(new Color(128, 0, 0));
    assertThat(new Color(VocColours.rgb(15))).isEqualTo(new Color(192, 128, 128)); // person
    assertThat(new Color(VocColours.rgb(20))).isEqualTo(new Color(0, 64, 128)); // television
    assertThat(new Color(VocColours.rgb(255))).isEqualTo(new Color(224, 224, 192));
  }

  private static Color colour(BufferedImage sheet, int row, int column, double x, double y) {
    int left = 6 + column * (TILE + 6);
    int top = 20 + row * (20 + TILE + 6) + 20;
    return new Color(sheet.getRGB(left + (int) (x * TILE), top + (int) (y * TILE)));
  }
}
