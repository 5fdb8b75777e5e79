package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random outputs of a student and a teacher for labelled pictures of 48×32 pixels, stride 8.
 *
 * @param labels present classes of each picture
 * @param classes K
 * @param mapFactor maps are standard normal times this
 * @param featureFactor features are rectified standard normal times this
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Scene(int[][] labels, int classes, float mapFactor, float featureFactor) {
  static final int HEIGHT = 48;
  private static final int WIDTH = 32;
  private static final int STRIDE = 8;
  private static final int CHANNELS = 6;

  /** Of features, with any batch and grid. */
  static final Shape FEATURES = new Shape(1, CHANNELS, 4, 4);

  ClassNames classNames() {
    return FakeBatch.classes(classes);
  }

  /** The outputs of one step; the student's take gradients. */
  Outputs outputs(NDManager manager, Needs needs, long step) {
    Random random = new Random(step);
    Map<Double, CamOutput> student = draw(manager, needs.studentScales(), random);
    Map<Double, CamOutput> teacher = draw(manager, needs.teacherScales(), random);
    student.values().forEach(o -> o.features().setRequiresGradient(true));
    student.values().forEach(o -> o.maps().setRequiresGradient(true));
    Batch batch = FakeBatch.of(manager, labels, classes, HEIGHT, WIDTH);
    return new Outputs(batch, student, teacher);
  }

  private Map<Double, CamOutput> draw(NDManager manager, List<Double> scales, Random random) {
    Map<Double, CamOutput> outputs = new TreeMap<>();
    for (double scale : scales) {
      long h = Math.max(1, Math.round(HEIGHT * scale) / STRIDE);
      long w = Math.max(1, Math.round(WIDTH * scale) / STRIDE);
      NDArray features = draw(manager, new Shape(labels.length, CHANNELS, h, w), random, 0);
      NDArray maps = draw(manager, new Shape(labels.length, classes, h, w), random, -9);
      outputs.put(scale, new CamOutput(features.mul(featureFactor), maps.mul(mapFactor)));
    }
    return outputs;
  }

  private static NDArray draw(NDManager manager, Shape shape, Random random, double least) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(least, random.nextGaussian());
    }
    return manager.create(values, shape);
  }

  /** All arrays in a supervision that is a record, lists and maps included. */
  static List<NDArray> arraysIn(Object supervision) {
    List<NDArray> arrays = new ArrayList<>();
    if (supervision instanceof NDArray array) {
      arrays.add(array);
    } else if (supervision instanceof Collection<?> items) {
      items.forEach(item -> arrays.addAll(arraysIn(item)));
    } else if (supervision instanceof Map<?, ?> items) {
      items.values().forEach(item -> arrays.addAll(arraysIn(item)));
    } else if (supervision instanceof Record) {
      for (RecordComponent component : supervision.getClass().getRecordComponents()) {
        try {
          component.getAccessor().setAccessible(true);
          arrays.addAll(arraysIn(component.getAccessor().invoke(supervision)));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("cannot read " + component, e);
        }
      }
    }
    return arrays;
  }

  /** One step's outputs by scale. */
  record Outputs(Batch batch, Map<Double, CamOutput> student, Map<Double, CamOutput> teacher) {

    TeacherView teacherView() {
      return new FakeTeacher(teacher);
    }

    StudentView studentView(int from, int to, List<Double> scales) {
      return new FakeStudent(new BatchPart(batch, from, to), student, scales);
    }

    /** Everything the networks gave, student first. */
    List<float[]> values() {
      List<float[]> values = new ArrayList<>();
      for (Map<Double, CamOutput> outputs : List.of(student, teacher)) {
        for (CamOutput output : outputs.values()) {
          values.add(output.features().toFloatArray());
          values.add(output.maps().toFloatArray());
        }
      }
      return values;
    }

    /** Gradient of all the student's outputs, scale by scale. */
    float[] gradient() {
      List<float[]> parts = new ArrayList<>();
      for (CamOutput output : student.values()) {
        parts.add(output.features().getGradient().toFloatArray());
        parts.add(output.maps().getGradient().toFloatArray());
      }
      float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
      int at = 0;
      for (float[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }
  }
}
