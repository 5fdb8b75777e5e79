package dev.wsss.train;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A folder data set of six pictures of two classes: four to learn from, two to score. */
public final class PictureFolder {
  /** What is said of a truncated picture, after its name. */
  public static final String DAMAGE =
      ": broken (Truncated File - Missing EOI marker; Corrupt JPEG data: premature end of data"
          + " segment)";

  private static final int SIDE = 64;

  private final Path root;

  public PictureFolder(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve("images"));
    Files.createDirectories(root.resolve("masks"));
    Files.writeString(root.resolve("classes.txt"), "background\nsquare\nround\n");
    StringBuilder labels = new StringBuilder("image,split,labels\n");
    for (int i = 0; i < 6; i++) {
      String name = i < 4 ? "train" + i : "val" + (i - 4);
      BufferedImage black = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(black, "jpg", image(name + ".jpg").toFile());
      byte[] mask = new byte[SIDE * SIDE];
      Arrays.fill(mask, 0, mask.length / 2, (byte) (1 + i % 2));
      new MaskFile(root.resolve("masks").resolve(name + ".png"))
          .write(new IndexMask(SIDE, SIDE, mask));
      labels.append(name).append(i < 4 ? ".jpg,train," : ".jpg,val,");
      labels.append(i % 2 == 0 ? "square\n" : "round\n");
    }
    Files.writeString(root.resolve("labels.csv"), labels);
  }

  /** An override of a configuration. */
  public String data() {
    return "data={type: folder, root: '" + root + "'}";
  }

  public Path image(String name) {
    return root.resolve("images").resolve(name);
  }

  /** Cuts the end of a picture off. */
  public PictureFolder truncate(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(image(name));
    Files.write(image(name), Arrays.copyOf(bytes, bytes.length - 8));
    return this;
  }

  public PictureFolder withoutMasks() throws IOException {
    for (int i = 0; i < 4; i++) {
      Files.delete(root.resolve("masks/train" + i + ".png"));
    }
    Files.delete(root.resolve("masks/val0.png"));
    Files.delete(root.resolve("masks/val1.png"));
    Files.delete(root.resolve("masks"));
    return this;
  }

  /** Puts all pictures into the training split. */
  public PictureFolder trainingAlone() throws IOException {
    Path labels = root.resolve("labels.csv");
    Files.writeString(labels, Files.readString(labels).replace(",val,", ",train,"));
    return this;
  }
}
