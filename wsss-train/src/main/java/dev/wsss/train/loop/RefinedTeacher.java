package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Present;
import dev.wsss.api.supervision.PresentMaps;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Constants;
import dev.wsss.eval.augment.Augmentation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The teacher as one slot sees it whose targets are to follow the edges of the pictures: maps of
 * each scale are enlarged to the pictures, refined, and stand for the teacher's own. Features are
 * the teacher's. An extension: the paper knows nothing of it [choice].
 *
 * <p>A picture's maps P(A), rectified, are divided by their maxima; background is what they leave,
 * {@code 1 − max_k}; the refiners move these scores; what comes out is multiplied by the maxima
 * again. Maps are B×K×H×W then, and 0 for classes that a picture does not show.
 */
final class RefinedTeacher implements TeacherView {
  private static final float EPSILON = 1e-5f;
  private static final BackgroundRule BACKGROUND = new BackgroundRule.Power(1);

  private final TeacherView teacher;
  private final Batch batch;
  private final InputSpec input;
  private final Slot slot;
  private final Map<Double, NDArray> refined = new HashMap<>();

  /**
   * @param input how the batch's pixels are normalised
   */
  RefinedTeacher(TeacherView teacher, Batch batch, InputSpec input, Slot slot) {
    this.teacher = teacher;
    this.batch = batch;
    this.input = input;
    this.slot = slot;
  }

  @Override
  public NDArray features(double scale) {
    return teacher.features(scale);
  }

  @Override
  public NDArray maps(double scale) {
    return refined.computeIfAbsent(scale, s -> refined(teacher.maps(s)));
  }

  private NDArray refined(NDArray raw) {
    Present present = batch.present(0, batch.size());
    int pixels = batch.height() * batch.width();
    int classes = batch.classes().count();
    float[] all = new float[batch.size() * classes * pixels];
    if (present.size() > 0) {
      float[] maps = rectified(raw);
      float[] images = batch.images().toFloatArray();
      // Each image writes to its own place, so that the order they are done in changes nothing.
      IntStream.range(0, batch.size())
          .parallel()
          .forEach(image -> refine(image, present, maps, images, all));
    }
    NDManager manager = batch.images().getManager();
    return Constants.of(manager, all, batch.size(), classes, batch.height(), batch.width());
  }

  /** n×(H·W) of the present pairs. */
  private float[] rectified(NDArray raw) {
    try (NDManager scratch = batch.images().getManager().newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray view = raw.stopGradient();
      view.attach(scratch);
      return PresentMaps.rectified(view, batch.whole()).toFloatArray();
    }
  }

  private void refine(int image, Present present, float[] maps, float[] images, float[] into) {
    int[] rows =
        IntStream.range(0, present.size()).filter(r -> present.image()[r] == image).toArray();
    if (rows.length == 0) {
      return;
    }
    int pixels = batch.height() * batch.width();
    float[] shares = new float[rows.length * pixels];
    float[] maxima = new float[rows.length];
    for (int j = 0; j < rows.length; j++) {
      maxima[j] = divideByMaximum(maps, rows[j] * pixels, shares, j * pixels, pixels);
    }
    int[] classes = Arrays.stream(rows).map(r -> present.classIndex()[r]).toArray();
    ClassScores scores = BACKGROUND.beside(batch.width(), batch.height(), classes, shares);
    RgbImage picture = Augmentation.picture(images, image, batch.width(), batch.height(), input);
    float[] planes = refine(picture, scores, batch.examples().get(image).id());
    for (int j = 0; j < rows.length; j++) {
      int to = (image * batch.classes().count() + classes[j]) * pixels;
      for (int p = 0; p < pixels; p++) {
        into[to + p] = planes[(j + 1) * pixels + p] * maxima[j];
      }
    }
  }

  private float[] refine(RgbImage picture, ClassScores scores, String id) {
    try {
      return slot.refinement().refine(picture, scores, id).planes();
    } catch (BadImageException e) {
      throw new TrainingException(
          "self-supervision.%s.refine: %s".formatted(slot.name(), e.getMessage()), e);
    }
  }

  private static float divideByMaximum(float[] from, int at, float[] to, int start, int pixels) {
    float max = 0;
    for (int p = 0; p < pixels; p++) {
      max = Math.max(max, from[at + p]);
    }
    for (int p = 0; p < pixels; p++) {
      to[start + p] = from[at + p] / (max + EPSILON);
    }
    return max + EPSILON;
  }
}
