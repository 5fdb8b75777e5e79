package dev.wsss.eval.coco;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Masks as COCO's JSON, twice: {@code coco-rle.json} has one annotation for each class of a picture
 * with packed run lengths, exactly the mask; {@code coco-polygons.json} one for each connected
 * region with its outline, its holes filled. A category's id is its index in the masks.
 *
 * <p>Masks are read one by one, so that any number of them can be written.
 */
public final class CocoFiles {
  private CocoFiles() {}

  /**
   * A picture and its mask.
   *
   * @param file as {@code file_name} says it
   */
  public record Picture(String file, Path mask) {}

  /** Writes both files whole. Ids of pictures count from 1 in the order given. */
  public static void write(Path folder, ClassNames classes, List<Picture> pictures)
      throws IOException {
    WholeFile.write(
        folder.resolve("coco-rle.json"), to -> write(to, classes, pictures, CocoFiles::runLengths));
    WholeFile.write(
        folder.resolve("coco-polygons.json"),
        to -> write(to, classes, pictures, CocoFiles::outlines));
  }

  /** Writes the annotations of one class in one mask. */
  private interface Annotations {
    void write(CocoWriter to, int picture, IndexMask mask, int index) throws IOException;
  }

  private static void write(
      Path file, ClassNames classes, List<Picture> pictures, Annotations annotations)
      throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      CocoWriter to = new CocoWriter(writer);
      to.categories(classes);
      to.list("annotations");
      StringBuilder images = new StringBuilder();
      for (int i = 0; i < pictures.size(); i++) {
        IndexMask mask = new MaskFile(pictures.get(i).mask()).read();
        images
            .append(i == 0 ? "" : ",")
            .append(
                "\n{\"id\":%d,\"file_name\":%s,\"width\":%d,\"height\":%d}"
                    .formatted(
                        i + 1, Json.text(pictures.get(i).file()), mask.width(), mask.height()));
        boolean[] present = new boolean[IndexMask.IGNORE + 1];
        for (byte index : mask.indices()) {
          present[index & 0xff] = true;
        }
        for (int index = 1; index <= classes.count(); index++) {
          if (present[index]) {
            annotations.write(to, i + 1, mask, index);
          }
        }
      }
      to.end(images);
    }
  }

  private static void runLengths(CocoWriter to, int picture, IndexMask mask, int index)
      throws IOException {
    int[] box = {mask.width(), mask.height(), -1, -1};
    long area = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.at(x, y) == index) {
          area++;
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x + 1);
          box[3] = Math.max(box[3], y + 1);
        }
      }
    }
    String counts = RunLengths.packed(RunLengths.of(mask, index));
    String runs =
        "{\"size\":[%d,%d],\"counts\":%s}"
            .formatted(mask.height(), mask.width(), Json.text(counts));
    to.annotation(picture, index, runs, area, box, 1);
  }

  private static void outlines(CocoWriter to, int picture, IndexMask mask, int index)
      throws IOException {
    for (Outlines.Outline outline : Outlines.of(mask, index)) {
      int[] box = {mask.width(), mask.height(), -1, -1};
      for (int i = 0; i < outline.corners().size(); i += 2) {
        int x = outline.corners().get(i);
        int y = outline.corners().get(i + 1);
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
      }
      to.annotation(
          picture,
          index,
          "[" + outline.corners().toString().replace(" ", "") + "]",
          outline.area(),
          box,
          0);
    }
  }
}
