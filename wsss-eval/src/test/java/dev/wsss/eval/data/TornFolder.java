package dev.wsss.eval.data;

import dev.wsss.api.data.Example;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A data set of one whole picture and a truncated JPEG.
 *
 * @param torn the latter
 */
public record TornFolder(FolderDataset data, Path torn) {

  /** What is said of the truncated file. */
  public static final String DAMAGE =
      ": broken (Truncated File - Missing EOI marker; Corrupt JPEG data: premature end of data"
          + " segment)";

  public static TornFolder create(Path root) throws IOException {
    int[] noise = new Random(1).ints(64 * 64, 0, 256).toArray();
    TestImages.grey(root.resolve("images/whole.jpg"), 64, 8, noise);
    Path torn = TestImages.cut(TestImages.grey(root.resolve("images/torn.jpg"), 64, 8, noise), 0.8);
    Files.writeString(root.resolve("classes.txt"), "red\ngreen\nblue\n");
    Files.writeString(
        root.resolve("labels.csv"),
        "image,split,labels\nwhole.jpg,train,red\ntorn.jpg,train,blue\n");
    return new TornFolder(
        new FolderDataset(new FolderConfig(root, Unlabelled.FAIL, Map.of(), 1_000_000)), torn);
  }

  public List<Example> examples() {
    return data.examples("train");
  }
}
