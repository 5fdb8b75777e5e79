package dev.wsss.eval.report;

import dev.wsss.api.metric.ScoreMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A score map as a PNG, so that finished cells can be drawn again without their networks.
 *
 * <p>8-bit RGB of the picture's size: red is the mask index of the winning class (k + 1), green and
 * blue are the high and low byte of the score in units of 1/65535, rounded down so that no score
 * rises to a threshold it did not reach.
 */
public final class ScoreMapFile {
  private static final int UNITS = 65535;

  private ScoreMapFile() {}

  /** Writes the file whole or not at all, making its folder if needed. */
  public static void write(Path file, ScoreMap map) throws IOException {
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int p = 0; p < map.winner().length; p++) {
      int units = (int) Math.max(0, Math.min(UNITS, Math.floor((double) map.score()[p] * UNITS)));
      bgr[3 * p] = (byte) units;
      bgr[3 * p + 1] = (byte) (units >> 8);
      bgr[3 * p + 2] = (byte) (map.winner()[p] + 1);
    }
    WholeFile.write(
        file,
        target -> {
          if (!ImageIO.write(image, "png", target.toFile())) {
            throw new IOException("this Java has no PNG writer");
          }
        });
  }

  /**
   * Reads what {@link #write} wrote; scores are at most 1/65535 lower than they were.
   *
   * @throws IOException if the file is missing, broken or no score map
   */
  public static ScoreMap read(Path file) throws IOException {
    BufferedImage image;
    try (var in = Files.newInputStream(file)) {
      image = ImageIO.read(in);
    }
    if (image == null || image.getRaster().getNumBands() != 3) {
      throw new IOException(file + " is no score map: not an RGB picture");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] winner = new byte[width * height];
    float[] score = new float[width * height];
    for (int p = 0; p < winner.length; p++) {
      int rgb = image.getRGB(p % width, p / width);
      int index = rgb >> 16 & 0xff;
      if (index == 0) {
        throw new IOException(
            file + " is no score map: no class at column " + p % width + ", row " + p / width);
      }
      winner[p] = (byte) (index - 1);
      score[p] = (rgb & 0xffff) / (float) UNITS;
    }
    return new ScoreMap(width, height, winner, score);
  }
}
