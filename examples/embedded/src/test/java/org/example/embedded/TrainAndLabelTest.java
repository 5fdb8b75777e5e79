package org.example.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainAndLabelTest {

  @Test
  void writesAMaskForEveryValidationPicture(@TempDir Path folder) throws Exception {
    TrainAndLabel.main(new String[] {folder.toString(), "1"});

    assertTrue(Files.exists(folder.resolve("scores.json")));
    try (Stream<Path> labels = Files.list(folder.resolve("labels"))) {
      assertEquals(160, labels.count());
    }
  }
}
