package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.metric.ScoreMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreMapFileTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws IOException {
    Random random = new Random(1);
    byte[] winner = new byte[35];
    float[] score = new float[35];
    for (int p = 0; p < 35; p++) {
      winner[p] = (byte) random.nextInt(254);
      score[p] = random.nextFloat();
    }
    score[0] = 0;
    score[1] = 1;
    winner[2] = (byte) 253;
    Path file = folder.resolve("maps/picture.png");
    ScoreMapFile.write(file, new ScoreMap(7, 5, winner, score));
    ScoreMap read = ScoreMapFile.read(file);
    assertThat(read.width()).isEqualTo(7);
    assertThat(read.height()).isEqualTo(5);
    assertThat(read.winner()).isEqualTo(winner);
    assertThat(read.score()).containsExactly(score, within(1.01f / 65535));
    assertThat(read.score()[0]).isZero();
    assertThat(read.score()[1]).isEqualTo(1);
    for (int p = 0; p < 35; p++) {
      assertThat(read.score()[p]).isLessThanOrEqualTo(score[p]);
    }
  }

  @Test
  void keepsTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("picture.png");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    target -> {
                      Files.writeString(target, "half");
                      throw new IOException("an encoder failed", new IOException("disk full"));
                    }))
        .hasMessage(file + ": disk full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining("glob:**picture.png");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void refusesAPictureThatIsNoScoreMap() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    assertThatThrownBy(() -> ScoreMapFile.read(text))
        .isInstanceOf(IOException.class)
        .hasMessage(text + " is no score map: not an RGB picture");
    Path black = folder.resolve("black.png");
    ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", black.toFile());
    assertThatThrownBy(() -> ScoreMapFile.read(black))
        .isInstanceOf(IOException.class)
        .hasMessage(black + " is no score map: no class at column 0, row 0");
  }
}
