package dev.wsss.eval.coco;

import java.util.function.LongToIntFunction;

/**
 * One annotation: what stands in the packed bytes of its picture.
 *
 * @param place in the file's list of annotations, from 0
 * @param segmentation as {@link SegmentationReader} packed it
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: regions are never compared
record PackedRegion(int place, int classNumber, boolean isCrowd, byte[] segmentation) {

  /** Puts an annotation behind those that {@code to} holds. */
  static void add(NumberBytes to, int place, long category, int crowd, NumberBytes segmentation) {
    to.add(place);
    to.add(category);
    to.add(crowd);
    to.add(segmentation.size());
    to.addAll(segmentation);
  }

  /** The next annotation of a picture. */
  static PackedRegion next(NumberBytes.Cursor from, LongToIntFunction classOf) {
    int place = from.nextInt();
    int classNumber = classOf.applyAsInt(from.next());
    boolean isCrowd = from.nextInt() == 1;
    return new PackedRegion(place, classNumber, isCrowd, from.take(from.nextInt()));
  }

  /** Whether the annotation says which pixels it means. */
  boolean hasPixels() {
    return new NumberBytes.Cursor(segmentation).nextInt() != SegmentationReader.NONE;
  }

  /**
   * The pixels of the annotation in a picture.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Region fill(int width, int height) {
    NumberBytes.Cursor from = new NumberBytes.Cursor(segmentation);
    return switch (from.nextInt()) {
      case SegmentationReader.POLYGONS -> polygons(from, width, height);
      case SegmentationReader.RUNS -> runs(from, width, height);
      default -> throw new IllegalArgumentException(text(from));
    };
  }

  private static Region polygons(NumberBytes.Cursor from, int width, int height) {
    PolygonFill fill = new PolygonFill(width, height);
    while (from.hasNext()) {
      int points = from.nextInt();
      int firstX = from.nextInt();
      int firstY = from.nextInt();
      int x = firstX;
      int y = firstY;
      requireNear(x, y, width, height);
      for (int i = 1; i < points; i++) {
        int nextX = x + from.nextInt();
        int nextY = y + from.nextInt();
        requireNear(nextX, nextY, width, height);
        fill.edge(x, y, nextX, nextY);
        x = nextX;
        y = nextY;
      }
      fill.edge(x, y, firstX, firstY);
      fill.close();
    }
    return fill.region();
  }

  /** Far outside there is nothing to fill, and the way there is long. */
  private static void requireNear(int x, int y, int width, int height) {
    long most = 2L * PolygonFill.STEPS * ((long) width + height);
    if (Math.abs((long) x) > most || Math.abs((long) y) > most) {
      throw new IllegalArgumentException(
          "has a corner at (%s, %s), far outside its picture of %d×%d"
              .formatted(
                  (double) x / PolygonFill.STEPS, (double) y / PolygonFill.STEPS, width, height));
    }
  }

  private static Region runs(NumberBytes.Cursor from, int width, int height) {
    int tall = from.nextInt();
    int wide = from.nextInt();
    if (wide != width || tall != height) {
      throw new IllegalArgumentException(
          "has run lengths for %d×%d (size is height, width), but its picture is %d×%d"
              .formatted(wide, tall, width, height));
    }
    int[] runs = new int[from.nextInt()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = (int) (from.next() + (i > 1 ? runs[i - 2] : 0));
    }
    try {
      return new Region(width, height, runs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has damaged run lengths: " + e.getMessage(), e);
    }
  }

  private static String text(NumberBytes.Cursor from) {
    StringBuilder text = new StringBuilder();
    while (from.hasNext()) {
      text.append((char) from.nextInt());
    }
    return text.toString();
  }
}
