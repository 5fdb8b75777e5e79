package dev.wsss.eval.coco;

import dev.wsss.api.data.ClassNames;
import java.io.IOException;
import java.io.Writer;

/** The parts of a COCO file, one after another. */
final class CocoWriter {
  private final Writer to;
  private int annotations;

  CocoWriter(Writer to) throws IOException {
    this.to = to;
    to.write("{\"info\":{\"description\":\"masks by wsss\"},\"licenses\":[]");
  }

  void categories(ClassNames classes) throws IOException {
    to.write(",\n\"categories\":[");
    for (int index = 1; index <= classes.count(); index++) {
      to.write(
          "%s\n{\"id\":%d,\"name\":%s,\"supercategory\":\"\"}"
              .formatted(index == 1 ? "" : ",", index, Json.text(classes.ofMaskIndex(index))));
    }
    to.write("]");
  }

  void list(String name) throws IOException {
    to.write(",\n\"" + name + "\":[");
  }

  /**
   * One annotation.
   *
   * @param segmentation as JSON
   * @param box left, top, right and lower edge, in pixels
   * @param crowd 1 for run lengths, 0 for polygons
   */
  void annotation(int picture, int category, String segmentation, long area, int[] box, int crowd)
      throws IOException {
    to.write(
        "%s\n{\"id\":%d,\"image_id\":%d,\"category_id\":%d,\"segmentation\":%s,\"area\":%d,\"bbox\":[%d,%d,%d,%d],\"iscrowd\":%d}"
            .formatted(
                annotations == 0 ? "" : ",",
                ++annotations,
                picture,
                category,
                segmentation,
                area,
                box[0],
                box[1],
                box[2] - box[0],
                box[3] - box[1],
                crowd));
  }

  /** Ends the list of annotations and writes that of the pictures. */
  void end(CharSequence images) throws IOException {
    to.write("],\n\"images\":[" + images + "]}\n");
  }
}
