package dev.wsss.eval.coco;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a file of COCO's instances says: categories, pictures, and for each picture its annotated
 * regions, packed into a few bytes each. Immutable; masks are made when they are asked for, from
 * several threads at once.
 */
public final class Instances {
  private final Path file;
  private final List<Category> categories;
  private final List<Picture> pictures;
  private final long[] ids;

  /**
   * @param categories by their ids
   */
  Instances(Path file, List<Category> categories, List<Picture> pictures) {
    this.file = file;
    this.categories = List.copyOf(categories);
    this.pictures = List.copyOf(pictures);
    ids = categories.stream().mapToLong(Category::id).toArray();
  }

  /**
   * A category.
   *
   * @param id as annotations name it; ids need not be without gaps
   */
  public record Category(long id, String name) {}

  /**
   * A picture.
   *
   * @param place in the file's list of pictures, from 0
   * @param name of its file, below the folder of pictures
   * @param width in pixels, as the file says
   * @param height in pixels, as the file says
   * @param regions packed
   */
  @SuppressWarnings("ArrayRecordComponent") // never handed out to be changed
  public record Picture(int place, String name, int width, int height, byte[] regions) {}

  /** Where they were read. */
  public Path file() {
    return file;
  }

  /** All categories, by their ids; the position in this list is a class's number. */
  public List<Category> categories() {
    return categories;
  }

  /** All pictures, in the order of the file. */
  public List<Picture> pictures() {
    return pictures;
  }

  /** The classes of which a picture has a region. */
  public BitSet labels(Picture picture, CrowdLabels crowd) {
    BitSet labels = new BitSet();
    NumberBytes.Cursor regions = new NumberBytes.Cursor(picture.regions());
    while (regions.hasNext()) {
      PackedRegion region = PackedRegion.next(regions, this::classOf);
      if (!region.isCrowd() || crowd == CrowdLabels.COUNT) {
        labels.set(region.classNumber());
      }
    }
    return labels;
  }

  /**
   * The mask of a picture; where regions overlap, the one with fewest pixels is on top, the first
   * of several such.
   *
   * @return empty if regions are annotated, but none with its pixels
   * @throws BadImageException if a region cannot be filled
   */
  public Optional<IndexMask> mask(Picture picture, CrowdMasks crowd) throws BadImageException {
    InstanceMask mask = new InstanceMask(picture.width(), picture.height());
    NumberBytes.Cursor packed = new NumberBytes.Cursor(picture.regions());
    int missing = -1;
    boolean isAnyFilled = !packed.hasNext();
    while (packed.hasNext()) {
      PackedRegion region = PackedRegion.next(packed, this::classOf);
      if (!region.hasPixels()) {
        missing = region.place();
        continue;
      }
      try {
        mask.paint(region.fill(picture.width(), picture.height()), region, crowd);
      } catch (IllegalArgumentException e) {
        throw bad(region.place(), String.valueOf(e.getMessage()));
      }
      isAnyFilled = true;
    }
    if (isAnyFilled && missing >= 0) {
      throw bad(missing, "has no segmentation, though others of its picture have one");
    }
    return isAnyFilled ? Optional.of(mask.finished()) : Optional.empty();
  }

  private BadImageException bad(int annotation, String what) {
    return new BadImageException("%s: annotations[%d] %s".formatted(file, annotation, what));
  }

  private int classOf(long id) {
    return Arrays.binarySearch(ids, id);
  }
}
