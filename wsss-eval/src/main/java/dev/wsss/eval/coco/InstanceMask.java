package dev.wsss.eval.coco;

import dev.wsss.api.data.IndexMask;
import java.util.Arrays;

/** A mask on which regions are painted in any order: the smallest is on top. */
final class InstanceMask {
  /** Larger than any region, smaller than nothing at all. */
  private static final int CROWD = Integer.MAX_VALUE - 1;

  private final int width;
  private final int height;
  private final byte[] indices;

  /** How many pixels the region has that a pixel shows. */
  private final int[] areas;

  InstanceMask(int width, int height) {
    this.width = width;
    this.height = height;
    indices = new byte[width * height];
    areas = new int[width * height];
    Arrays.fill(areas, Integer.MAX_VALUE);
  }

  void paint(Region pixels, PackedRegion region, CrowdMasks crowd) {
    boolean isIgnored = region.isCrowd() && crowd == CrowdMasks.IGNORE;
    byte index = (byte) (isIgnored ? IndexMask.IGNORE : region.classNumber() + 1);
    int area = isIgnored ? CROWD : pixels.area();
    pixels.forEach(
        at -> {
          if (area < areas[at]) {
            areas[at] = area;
            indices[at] = index;
          }
        });
  }

  IndexMask finished() {
    return new IndexMask(width, height, indices);
  }
}
