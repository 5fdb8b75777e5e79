package dev.wsss.eval.refine.external;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.coco.Region;
import dev.wsss.eval.coco.RegionFile;
import dev.wsss.eval.image.MaskFile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Regions that another program drew, such as Segment Anything, take the class whose mean score
 * inside them is largest, background being one of them.
 *
 * <p>In the pixels of such a region scores become (1 − b)·s + b·[class of the region], with b of
 * {@link ExternalMasksConfig#blend}. All means are of the scores that come in. Where regions
 * overlap the smallest that says something decides, of equally large ones the last in the file.
 * Pixels in no region keep their scores.
 */
public final class ExternalMasks implements PseudoLabelRefiner {
  private final ExternalMasksConfig config;

  /**
   * @throws DataException if the folder is none
   */
  @Inject
  public ExternalMasks(ExternalMasksConfig config) {
    this.config = config;
    if (!Files.isDirectory(config.folder())) {
      throw new DataException(
          "external-masks: the folder %s %s; it holds NAME.json or NAME.png for each picture"
              .formatted(
                  config.folder(), Files.exists(config.folder()) ? "is a file" : "does not exist"));
    }
  }

  /**
   * Refines the scores of one picture.
   *
   * @throws BadImageException if the file of its regions is missing, there twice, or damaged, or of
   *     another size
   */
  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id)
      throws BadImageException {
    PseudoLabelRefiner.requireOneSize(picture, scores);
    List<Region> regions = regions(picture, id);
    int[] voted = RegionVote.planes(scores, regions, config.minimumScore());
    float blend = (float) config.blend();
    float[] refined = scores.planes().clone();
    for (int p = 0; p < voted.length; p++) {
      if (voted[p] != RegionVote.SILENT) {
        for (int plane = 0, at = p; at < refined.length; plane++, at += voted.length) {
          refined[at] = (1 - blend) * refined[at] + (plane == voted[p] ? blend : 0);
        }
      }
    }
    return scores.with(refined);
  }

  private List<Region> regions(RgbImage picture, String id) throws BadImageException {
    Path json = config.folder().resolve(id + ".json");
    Path png = config.folder().resolve(id + ".png");
    if (Files.exists(json) == Files.exists(png)) {
      throw new BadImageException(
          Files.exists(json)
              ? "external-masks: picture '%s' has regions in both %s and %s; keep one of them"
                  .formatted(id, json, png)
              : "external-masks: picture '%s' has no regions: neither %s nor %s exists"
                  .formatted(id, json, png));
    }
    if (Files.exists(json)) {
      return new RegionFile(json).read(picture.width(), picture.height());
    }
    IndexMask mask = new MaskFile(png).read();
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw new BadImageException(
          "%s: regions of %d×%d; the picture is %d×%d"
              .formatted(png, mask.width(), mask.height(), picture.width(), picture.height()));
    }
    return Region.of(mask);
  }
}
