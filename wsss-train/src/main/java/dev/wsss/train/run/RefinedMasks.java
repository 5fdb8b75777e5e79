package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.work.ItemLoop;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts masks of refined maps in place of those at the threshold alone. The network looks at each
 * picture a second time: the maps of all classes of all pictures would be gigabytes.
 *
 * @param models opens the one of the maps; it is closed after
 */
record RefinedMasks(
    RunConfig config, SegmentationDataset data, Supplier<CamModel> models, Refinement refinement) {
  private static final Logger LOG = LoggerFactory.getLogger(RefinedMasks.class);

  /** One looks at a picture with the network while the other decodes or refines one. */
  private static final int THREADS = 2;

  /**
   * Replaces the masks that are there. A picture that a refiner cannot use is left without one,
   * unless bad pictures are not to be skipped.
   *
   * @param masks their folder
   * @param threshold score of background
   * @throws DataException if a refiner cannot use a picture, and that is not to be skipped
   * @throws TrainingException if the thread is interrupted
   */
  void replace(String split, Path masks, double threshold, RunListener listener)
      throws IOException {
    List<Example> pictures =
        data.examples(split).stream().filter(e -> Files.exists(file(masks, e))).toList();
    try (CamModel model = models.get()) {
      replace(pictures, masks, threshold, model, listener);
    }
  }

  private void replace(
      List<Example> pictures, Path masks, double threshold, CamModel model, RunListener listener)
      throws IOException {
    AtomicInteger done = new AtomicInteger();
    List<ItemLoop.Work<Example>> threads =
        Stream.generate(() -> work(masks, threshold, model)).limit(THREADS).toList();
    List<ItemLoop.Work<Example>> counted =
        threads.stream()
            .<ItemLoop.Work<Example>>map(
                work ->
                    example -> {
                      work.on(example);
                      synchronized (done) { // listeners are not for several threads
                        listener.scored(done.incrementAndGet(), pictures.size());
                      }
                    })
            .toList();
    if (ItemLoop.run("refine", pictures, counted) == ItemLoop.End.INTERRUPTED) {
      throw new TrainingException(
          "stopped after refining " + done + " of " + pictures.size() + " pictures");
    }
  }

  private Path file(Path masks, Example example) {
    return masks.resolve(data.maskName(example));
  }

  private ItemLoop.Work<Example> work(Path masks, double threshold, CamModel model) {
    CamInference inference = new CamInference(model, config.cams());
    return example -> {
      Path file = file(masks, example);
      try {
        IndexMask mask = mask(example, inference, threshold);
        WholeFile.write(file, to -> new MaskFile(to).write(mask));
      } catch (BadImageException e) {
        if (config.training().onBadImage() == OnBadImage.FAIL) {
          throw new DataException(
              e.getMessage() + " (on-bad-image: skip would leave the picture without a mask)", e);
        }
        LOG.warn("left without a mask: {}", e.getMessage());
        Files.delete(file);
      }
    };
  }

  private IndexMask mask(Example example, CamInference inference, double threshold)
      throws BadImageException {
    RgbImage image = data.image(example);
    PictureMaps maps = inference.maps(List.of(image), List.of(example), LabelSource.GIVEN).get(0);
    return refinement.refine(image, maps, new BackgroundRule.Threshold(threshold)).labels();
  }
}
