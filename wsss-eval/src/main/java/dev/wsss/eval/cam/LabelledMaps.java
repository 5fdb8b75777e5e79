package dev.wsss.eval.cam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.Example;
import java.util.List;

/**
 * Which of the B×K maps of a pass belong to labelled classes: n of them, picture by picture.
 *
 * @param examples the B pictures
 */
record LabelledMaps(List<Example> examples) {

  /** n. */
  int count() {
    return examples.stream().mapToInt(example -> example.labels().cardinality()).sum();
  }

  /** Labelled foreground classes of a picture, ascending. */
  int[] classesOf(int picture) {
    return examples.get(picture).labels().stream().toArray();
  }

  /**
   * From maps B×K×h×w the labelled ones, n×1×h×w.
   *
   * @throws IllegalArgumentException if a label is beyond the network's K
   */
  NDArray select(NDArray maps) {
    Shape shape = maps.getShape();
    int classes = (int) shape.get(1);
    long[] rows = new long[count()];
    int at = 0;
    for (int i = 0; i < examples.size(); i++) {
      for (int k : classesOf(i)) {
        if (k >= classes) {
          throw new IllegalArgumentException(
              "picture '"
                  + examples.get(i).id()
                  + "' has label "
                  + k
                  + ", but the network's last class is "
                  + (classes - 1));
        }
        rows[at++] = (long) i * classes + k;
      }
    }
    return maps.reshape(-1, 1, shape.get(2), shape.get(3)).get(maps.getManager().create(rows));
  }
}
