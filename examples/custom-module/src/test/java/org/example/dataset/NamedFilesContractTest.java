package org.example.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedFilesContractTest extends SegmentationDatasetContract {
  @TempDir Path root;

  @BeforeEach
  void draw() throws IOException {
    for (String name : List.of("train/cat-1", "train/cat+dog-2", "val/dog-1")) {
      Path file = root.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }
  }

  @Override
  protected SegmentationDataset open() {
    return new NamedFiles(new NamedFilesConfig(root));
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return false;
  }

  @Test
  void readsLabelsFromNames() {
    SegmentationDataset data = open();
    assertThat(data.classes().foreground()).containsExactly("cat", "dog");
    assertThat(data.examples("train")).extracting(e -> e.labels().toString()).containsExactly("{0, 1}", "{0}");
  }

  @Test
  void refusesANameWithoutALabel() throws IOException {
    Files.copy(root.resolve("val/dog-1.png"), root.resolve("val/7.png"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(root.resolve("val/7.png") + ": the name has no label; allowed is CLASS-ANYTHING.png");
  }
}
