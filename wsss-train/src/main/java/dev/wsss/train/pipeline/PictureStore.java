package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.store.MapStoreWriter;
import dev.wsss.eval.store.StoreSettings;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.eval.work.ItemLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the store of a stage, picture by picture, and goes on where it stopped.
 *
 * @param stage its name
 * @param folder of the store
 */
record PictureStore(String stage, Path folder, ClassNames classes, OnBadImage onBadImage) {
  private static final Logger LOG = LoggerFactory.getLogger(PictureStore.class);

  /** Makes what is kept of a picture. */
  interface Maker {
    /**
     * Makes it, and whatever else is to be there before the store has the picture.
     *
     * @throws BadImageException if the picture, or what is known of it, cannot be used
     */
    StoredMaps of(Example example) throws IOException;
  }

  /**
   * Stores what is missing.
   *
   * @param of what the store is of
   * @param threads each with a maker of its own
   * @param leftOutBefore why an earlier stage has left a picture out, by its id
   */
  void fill(
      String of,
      List<Example> examples,
      int threads,
      Supplier<Maker> makers,
      Function<String, Optional<String>> leftOutBefore,
      StageListener listener)
      throws IOException {
    Map<String, Example> byId = new LinkedHashMap<>();
    examples.forEach(example -> byId.put(example.id(), example));
    List<String> ids = List.copyOf(byId.keySet());
    try (MapStoreWriter writer = MapStoreWriter.open(folder, new StoreSettings(classes, of), ids)) {
      int done = ids.size() - writer.left().size();
      List<Example> left = byId.values().stream().skip(done).toList();
      new PictureLoop(stage, done, ids.size(), listener)
          .run(left, PictureLoop.threads(threads, () -> work(makers.get(), writer, leftOutBefore)));
      writer.finish();
    }
  }

  private ItemLoop.Work<Example> work(
      Maker maker, MapStoreWriter writer, Function<String, Optional<String>> leftOutBefore) {
    return example -> {
      Optional<String> leftOut = leftOutBefore.apply(example.id());
      if (leftOut.isPresent()) {
        writer.leaveOut(example.id(), leftOut.get());
        return;
      }
      try {
        writer.add(maker.of(example));
      } catch (BadImageException e) {
        if (onBadImage == OnBadImage.FAIL) {
          throw new DataException(
              e.getMessage()
                  + " (on-bad-image: skip would leave the picture without a mask instead)",
              e);
        }
        LOG.warn("left without a mask: {}", e.getMessage());
        writer.leaveOut(example.id(), String.valueOf(e.getMessage()));
      }
    };
  }
}
