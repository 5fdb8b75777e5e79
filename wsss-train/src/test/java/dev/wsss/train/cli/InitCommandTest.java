package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir private Path temp;

  @Test
  void writesWhatIsMissingAndPrintsTheCommand() throws IOException {
    Path root = temp.resolve("my pets");
    for (String name : new String[] {"cat", "dog"}) {
      Files.createDirectories(root.resolve(name));
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, name.hashCode());
      ImageIO.write(image, "png", root.resolve(name).resolve("a.png").toFile());
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);

    int code = new Wsss(terminal, getClass().getClassLoader(), "").run("init", root.toString());

    assertThat(err)
        .hasToString(
            """
            2 pictures
            split train: 2, cat 1, dog 1
            fewer than 10 pictures to learn from: cat, dog
            wrote %1$s/classes.txt
            wrote %1$s/labels.csv
            """
                .formatted(root));
    assertThat(code).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            "./wsss run photographs-pipeline --out 'runs/my pets' -o 'data.root="
                + root
                + "' -o network.backbone.weights=mobilenet_v2-b0353104.pth -o network.backbone.input=imagenet");
  }

  @Test
  void aFolderInCocosLayoutNeedsNothing() throws IOException {
    Path root = temp.resolve("coco");
    Path picture = Files.createDirectories(root.resolve("train2014")).resolve("a.jpg");
    Files.writeString(picture, "looked at by nobody here");
    Files.createDirectories(root.resolve("annotations"));
    Files.writeString(
        root.resolve("annotations/instances_train2014.json"),
        """
        {"images": [{"id": 1, "file_name": "a.jpg", "width": 3, "height": 2}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 17, "iscrowd": 0, "segmentation": []}],
         "categories": [{"id": 17, "name": "cat"}]}
        """);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);

    int code = new Wsss(terminal, getClass().getClassLoader(), "").run("init", root.toString());

    assertThat(err)
        .hasToString(
            """
            COCO's layout
            split train: 1, cat 1
            fewer than 10 pictures to learn from: cat
            every training picture shows cat, so nothing tells what that looks like; add pictures \
            without it: of another class, or of none with -o data.unlabelled=keep
            """);
    assertThat(code).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            "./wsss run photographs-pipeline --out runs/coco -o data.type=coco -o data.root="
                + root
                + " -o network.backbone.weights=mobilenet_v2-b0353104.pth -o network.backbone.input=imagenet");
  }
}
