package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.Augmentation;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.Page;
import dev.wsss.eval.html.PictureCard;
import dev.wsss.eval.image.MaskResize;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.PictureTile;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.loop.LoopStep;
import dev.wsss.train.loop.StepResult;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pages of what slots were fed: {@code supervision/epoch-N.html} has the first pictures of the
 * epoch's last step, as they were cropped, each beside the labels that the slots show of it.
 */
final class SupervisionPages implements LoopStep {
  private static final int MOST_PICTURES = 8;
  private static final int LONG_SIDE = 240;

  private final LoopStep step;
  private final Path folder;
  private final InputSpec input;
  private final ClassNames classes;

  /**
   * @param step does the work
   * @param runFolder gets the pages
   * @param input how the pictures of a batch are normalised
   */
  SupervisionPages(LoopStep step, Path runFolder, InputSpec input, ClassNames classes) {
    this.step = step;
    this.folder = runFolder.resolve("supervision");
    this.input = input;
    this.classes = classes;
  }

  @Override
  public StepResult run(HostBatch batch, TrainingClock clock) {
    StepResult result = step.run(batch, clock);
    if (!result.shown().isEmpty()) {
      Path file = folder.resolve("epoch-" + clock.epoch() + ".html");
      try {
        String html = page(batch, clock, result.shown()).html();
        WholeFile.write(file, target -> Files.writeString(target, html));
      } catch (IOException e) {
        throw new TrainingException("cannot write " + file + ": " + IoReason.of(e), e);
      }
    }
    return result;
  }

  private Page page(HostBatch batch, TrainingClock clock, Map<String, List<IndexMask>> shown)
      throws IOException {
    Page page =
        new Page(
            "What the slots were fed",
            "Crops of step "
                + clock.step()
                + ", the last one of epoch "
                + clock.epoch()
                + ". Background is left as it is; pixels in cream have no label and do not count.");
    List<Markup> cards = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_PICTURES, batch.examples().size()); i++) {
      cards.add(card(batch, i, shown));
    }
    return page.section("Pictures", List.of(Markup.row(cards)));
  }

  private Markup card(HostBatch batch, int index, Map<String, List<IndexMask>> shown)
      throws IOException {
    Example example = batch.examples().get(index);
    RgbImage crop = Augmentation.picture(batch.images(), index, batch.side(), batch.side(), input);
    RgbImage small = PictureTile.shrunk(crop, LONG_SIDE);
    PictureCard card = new PictureCard(example.id()).picture(small);
    for (Map.Entry<String, List<IndexMask>> of : shown.entrySet()) {
      IndexMask mask = of.getValue().get(index);
      card.mask(of.getKey(), MaskResize.nearest(mask, small.width(), small.height()));
    }
    return card.draw(classes, example.labels());
  }
}
