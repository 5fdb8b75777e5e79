package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.BilinearResize;
import java.util.List;
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
  private final int longSideMax;
  private final OnBadImage onBadImage;
  private final AtomicReferenceArray<RgbImage> kept;
  private final AtomicLong bytesLeft;
  private final Set<String> bad = ConcurrentHashMap.newKeySet();

  Pictures(
      SegmentationDataset data,
      List<Example> examples,
      AugmentationConfig config,
      OnBadImage onBadImage) {
    this.data = data;
    this.examples = List.copyOf(examples);
    this.longSideMax = config.longSideMax();
    this.onBadImage = onBadImage;
    kept = new AtomicReferenceArray<>(examples.size());
    bytesLeft = new AtomicLong((long) config.cache() << 20);
  }

  /** A picture with its name and labels. */
  record Picture(Example example, RgbImage image) {}

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
        return new Picture(example, image(next));
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

  private RgbImage image(int index) throws BadImageException {
    RgbImage known = kept.get(index);
    if (known != null) {
      return known;
    }
    RgbImage image = data.image(examples.get(index));
    if (longSideMax > 0 && Math.max(image.width(), image.height()) > longSideMax) {
      // Whether kept or not, so that the memory given never changes a result.
      image = BilinearResize.toLongSide(image, longSideMax).apply(image);
    }
    long bytes = image.rgb().length;
    if (bytesLeft.addAndGet(-bytes) >= 0) {
      if (!kept.compareAndSet(index, null, image)) {
        bytesLeft.addAndGet(bytes);
      }
    } else {
      bytesLeft.addAndGet(bytes);
    }
    return image;
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
