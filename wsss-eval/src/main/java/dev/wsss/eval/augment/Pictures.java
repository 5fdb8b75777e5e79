package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.MaskResize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decoded pictures of a split: as many as fit are kept, and a bad one is replaced by another.
 * Used by several threads at once.
 */
final class Pictures {
  private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

  private final SegmentationDataset data;
  private final List<Example> examples;
  private final Optional<MaskSource> masks;
  private final int longSideMax;
  private final OnBadImage onBadImage;
  private final AtomicReferenceArray<Decoded> kept;
  private final AtomicLong bytesLeft;
  private final Set<String> bad = ConcurrentHashMap.newKeySet();

  Pictures(
      SegmentationDataset data,
      List<Example> examples,
      Optional<MaskSource> masks,
      AugmentationConfig config,
      OnBadImage onBadImage) {
    this.data = data;
    this.examples = List.copyOf(examples);
    this.masks = masks;
    this.longSideMax = config.longSideMax();
    this.onBadImage = onBadImage;
    kept = new AtomicReferenceArray<>(examples.size());
    bytesLeft = new AtomicLong((long) config.cache() << 20);
  }

  /** A picture with its name and labels, and a mask of its size where there is a source of them. */
  record Picture(Example example, RgbImage image, Optional<IndexMask> mask) {}

  private record Decoded(RgbImage image, Optional<IndexMask> mask) {

    long bytes() {
      return (long) image.rgb().length + mask.map(m -> m.indices().length).orElse(0);
    }
  }

  List<Example> examples() {
    return examples;
  }

  /** Whether pictures come with masks. */
  boolean haveMasks() {
    return masks.isPresent();
  }

  int count() {
    return examples.size();
  }

  /** Files that could not be decoded so far. */
  int bad() {
    return bad.size();
  }

  /** Picture {@code index}, or the next good one from a random place on. */
  Picture get(int index, RandomGenerator random) {
    int next = index;
    String reason = "";
    for (int tries = 0; tries <= examples.size(); tries++) {
      Example example = examples.get(next);
      try {
        Decoded decoded = decoded(next);
        return new Picture(example, decoded.image(), decoded.mask());
      } catch (BadImageException e) {
        report(example, e);
        reason = String.valueOf(e.getMessage());
      }
      next = (tries == 0 ? random.nextInt(examples.size()) : next + 1) % examples.size();
    }
    throw new DataException(
        "none of the %d training pictures can be decoded; the last of them: %s"
            .formatted(examples.size(), reason));
  }

  private Decoded decoded(int index) throws BadImageException {
    Decoded known = kept.get(index);
    if (known != null) {
      return known;
    }
    Decoded decoded = decode(examples.get(index));
    long bytes = decoded.bytes();
    if (bytesLeft.addAndGet(-bytes) >= 0) {
      if (!kept.compareAndSet(index, null, decoded)) {
        bytesLeft.addAndGet(bytes);
      }
    } else {
      bytesLeft.addAndGet(bytes);
    }
    return decoded;
  }

  /** Large ones shrunk, whether kept or not, so that the memory given never changes a result. */
  private Decoded decode(Example example) throws BadImageException {
    RgbImage image = data.image(example);
    RgbImage shrunk = shrunk(image);
    if (masks.isEmpty()) {
      return new Decoded(shrunk, Optional.empty());
    }
    IndexMask mask = masks.get().mask(example);
    if (mask.width() != image.width() || mask.height() != image.height()) {
      throw new BadImageException(
          "%s: the mask is %d×%d, its picture %d×%d; a mask has the size of its picture"
              .formatted(example.id(), mask.width(), mask.height(), image.width(), image.height()));
    }
    return new Decoded(
        shrunk, Optional.of(MaskResize.nearest(mask, shrunk.width(), shrunk.height())));
  }

  private RgbImage shrunk(RgbImage image) {
    return longSideMax > 0 && Math.max(image.width(), image.height()) > longSideMax
        ? BilinearResize.toLongSide(image, longSideMax).apply(image)
        : image;
  }

  private void report(Example example, BadImageException e) {
    if (onBadImage == OnBadImage.FAIL) {
      throw new DataException(
          e.getMessage() + " (on-bad-image: skip would take another picture instead)", e);
    }
    if (bad.add(example.id())) {
      LOG.warn("skipped a picture: {}", e.getMessage());
    }
  }
}
