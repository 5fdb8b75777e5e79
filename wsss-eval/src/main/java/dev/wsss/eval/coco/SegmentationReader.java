package dev.wsss.eval.coco;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code segmentation} of an annotation into few bytes: corners of polygons in the steps
 * in which they are filled, or run lengths, each as the difference to one before. What cannot be
 * filled is kept as a text that says why, since it concerns one picture's mask only.
 */
final class SegmentationReader {
  static final int NONE = 0;
  static final int POLYGONS = 1;
  static final int RUNS = 2;
  static final int FAULT = 3;

  private static final int LEAST_POINTS = 3;
  private static final String ALLOWED =
      "allowed are polygons, [[x, y, x, y, …], …], and run lengths, {\"size\": [height, width],"
          + " \"counts\": …}";

  private final NumberBytes polygon = new NumberBytes();
  private @Nullable String fault;

  /** Reads the next value, whatever it is, behind what {@code to} holds. */
  void read(JsonReader in, NumberBytes to) throws IOException {
    fault = null;
    int before = to.size();
    JsonToken kind = in.peek();
    if (kind == JsonToken.BEGIN_ARRAY) {
      polygons(in, to);
    } else if (kind == JsonToken.BEGIN_OBJECT) {
      runs(in, to);
    } else {
      String taken = Fields.taken(in);
      if (kind != JsonToken.NULL) {
        fault("has %s as segmentation; %s".formatted(taken, ALLOWED));
      }
    }
    if (fault != null) {
      to.cut(before);
      to.add(FAULT);
      fault.chars().forEach(to::add);
    } else if (to.size() == before) {
      to.add(NONE);
    }
  }

  private void fault(String what) {
    fault = fault == null ? what : fault;
  }

  private void polygons(JsonReader in, NumberBytes to) throws IOException {
    in.beginArray();
    for (int number = 1; in.hasNext(); number++) {
      if (number == 1) {
        to.add(POLYGONS);
      }
      if (in.peek() == JsonToken.BEGIN_ARRAY) {
        polygon(in, number, to);
      } else {
        fault("has %s where a polygon belongs; %s".formatted(Fields.taken(in), ALLOWED));
      }
    }
    in.endArray();
  }

  private void polygon(JsonReader in, int number, NumberBytes to) throws IOException {
    polygon.clear();
    int[] last = new int[2];
    int count = 0;
    in.beginArray();
    for (; in.hasNext(); count++) {
      if (in.peek() != JsonToken.NUMBER) {
        fault("has %s in polygon %d, where a number belongs".formatted(Fields.taken(in), number));
        continue;
      }
      double pixels = in.nextDouble();
      double steps = PolygonFill.inSteps(pixels);
      if (Math.abs(steps) > Integer.MAX_VALUE >> 2) {
        fault("has %s in polygon %d, which lies in no picture".formatted(pixels, number));
      }
      polygon.add((int) steps - last[count % 2]);
      last[count % 2] = (int) steps;
    }
    in.endArray();
    if (count % 2 == 1) {
      fault("has %d numbers in polygon %d; they are x and y in turn".formatted(count, number));
    } else if (count / 2 < LEAST_POINTS) {
      fault("has %d points in polygon %d; it takes 3 or more".formatted(count / 2, number));
    }
    to.add(count / 2);
    to.addAll(polygon);
  }

  private void runs(JsonReader in, NumberBytes to) throws IOException {
    int @Nullable [] size = null;
    int @Nullable [] counts = null;
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (name.equals("size") && in.peek() == JsonToken.BEGIN_ARRAY) {
        size = wholeNumbers(in);
      } else if (name.equals("counts") && in.peek() == JsonToken.BEGIN_ARRAY) {
        counts = wholeNumbers(in);
      } else if (name.equals("counts") && in.peek() == JsonToken.STRING) {
        counts = unpacked(in.nextString());
      } else {
        in.skipValue();
      }
    }
    in.endObject();
    if (size == null || size.length != 2) {
      fault("has run lengths without a size; " + ALLOWED);
    } else if (counts == null) {
      fault("has no counts; " + ALLOWED);
    } else {
      to.add(RUNS);
      to.add(size[0]);
      to.add(size[1]);
      to.add(counts.length);
      for (int i = 0; i < counts.length; i++) {
        to.add(counts[i] - (i > 1 ? (long) counts[i - 2] : 0));
      }
    }
  }

  private int[] unpacked(String counts) {
    try {
      return RunLengths.unpacked(counts);
    } catch (IllegalArgumentException e) {
      fault("has damaged run lengths: " + e.getMessage());
      return new int[0];
    }
  }

  private void noRun(String found) {
    fault("has %s in its run lengths, where a whole number belongs".formatted(found));
  }

  private int[] wholeNumbers(JsonReader in) throws IOException {
    int[] numbers = new int[16];
    int count = 0;
    in.beginArray();
    for (; in.hasNext(); count++) {
      numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
      if (in.peek() == JsonToken.NUMBER) {
        try {
          numbers[count] = in.nextInt();
        } catch (NumberFormatException e) {
          noRun(in.nextString());
        }
      } else {
        noRun(Fields.taken(in));
      }
    }
    in.endArray();
    return Arrays.copyOf(numbers, count);
  }
}
