package dev.wsss.eval.data;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small data set in the layout of PASCAL VOC: a dog, a cat with a person, and a cow. */
record VocFolder(Path root) {

  static VocFolder create(Path root) throws IOException {
    VocFolder folder = new VocFolder(root);
    folder.picture("2008_000001", (byte) 12);
    folder.picture("2008_000002", (byte) 8, (byte) 15);
    folder.picture("2008_000003", (byte) 10);
    folder.text("ImageSets/Segmentation/train.txt", "2008_000001\n2008_000002\n");
    folder.text("ImageSets/Segmentation/val.txt", "2008_000003\n");
    folder.text(
        "image_labels.csv",
        """
        id,split,classes
        2008_000001,train,dog
        2008_000002,train,cat person
        2008_000003,val,cow
        """);
    return folder;
  }

  void picture(String id, byte... classes) throws IOException {
    TestImages.colour(root.resolve("JPEGImages/" + id + ".jpg"), 8, 6, 0x406080);
    byte[] indices = new byte[48];
    indices[0] = (byte) 255;
    System.arraycopy(classes, 0, indices, 1, classes.length);
    Path masks = Files.createDirectories(root.resolve("SegmentationClass"));
    new MaskFile(masks.resolve(id + ".png")).write(new IndexMask(8, 6, indices));
  }

  void annotation(String id, String... names) throws IOException {
    StringBuilder xml = new StringBuilder("<annotation>\n  <folder>VOC2012</folder>\n");
    for (String name : names) {
      xml.append("  <object>\n    <name>")
          .append(name)
          .append("</name>\n    <part><name>head</name></part>\n  </object>\n");
    }
    text("Annotations/" + id + ".xml", xml + "</annotation>\n");
  }

  Path text(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  VocDataset open(VocConfig.Labels labels) {
    return new VocDataset(new VocConfig(root, labels, Unlabelled.FAIL, Map.of(), 1_000_000));
  }
}
