package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/**
 * B pictures of one size with their image-level labels.
 *
 * @param images B×3×H×W, normalised for the backbone
 * @param labels B×K, 1 where a class is present, else 0
 * @param examples the B pictures by name, with the labels as bits
 * @param classes the K foreground classes
 */
public record Batch(NDArray images, NDArray labels, List<Example> examples, ClassNames classes) {

  public Batch {
    examples = List.copyOf(examples);
  }

  /** A batch whose label array is made from the examples; it belongs to the images' manager. */
  public static Batch of(NDArray images, List<Example> examples, ClassNames classes) {
    return new Batch(images, labels(images.getManager(), examples, classes), examples, classes);
  }

  /** B. */
  public int size() {
    return examples.size();
  }

  /** All images, as a part. */
  public BatchPart whole() {
    return new BatchPart(this, 0, size());
  }

  /** H, in pixels. */
  public int height() {
    return (int) images.getShape().get(2);
  }

  /** W, in pixels. */
  public int width() {
    return (int) images.getShape().get(3);
  }

  /** Pixels of the whole batch over all classes, B·K·H·W: what a mean over maps divides by. */
  public long mapElements() {
    return (long) size() * classes.count() * height() * width();
  }

  /**
   * The (image, class) pairs with label 1 among images {@code from} (inclusive) to {@code to}
   * (exclusive), image by image. Absent classes have zero maps, so losses need only these.
   */
  public Present present(int from, int to) {
    return Present.of(examples.subList(from, to), from);
  }

  private static NDArray labels(NDManager manager, List<Example> examples, ClassNames classes) {
    float[] values = new float[examples.size() * classes.count()];
    for (int i = 0; i < examples.size(); i++) {
      int row = i * classes.count();
      examples.get(i).labels().stream().forEach(k -> values[row + k] = 1);
    }
    return Constants.of(manager, values, examples.size(), classes.count());
  }
}
