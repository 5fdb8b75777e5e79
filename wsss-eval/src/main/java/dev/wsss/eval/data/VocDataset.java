package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data set in the layout of PASCAL VOC 2012 with its 20 classes: pictures in {@code JPEGImages}
 * (JPEG, PNG, WebP or TIFF), a split for each list in {@code ImageSets/Segmentation}, palette masks
 * in {@code SegmentationClass} (255 is not counted).
 *
 * <p>Image-level labels come from the XML annotations, a table, or the masks: see {@link
 * VocConfig}. A picture in several lists has the same id in each.
 */
public final class VocDataset implements SegmentationDataset {
  private static final String TABLE = "image_labels.csv";

  private final VocFiles files;
  private final Splits splits;

  /**
   * @throws DataException with everything that is wrong with folders, lists and labels
   */
  @Inject
  public VocDataset(VocConfig config) {
    DataFolder folder =
        new DataFolder(
            config.root(),
            "JPEGImages/, ImageSets/Segmentation/*.txt and, for scoring, SegmentationClass/");
    folder.require("JPEGImages", VocLists.FOLDER);
    DataProblems problems = new DataProblems();
    files = VocFiles.of(config, folder, problems);
    VocLabels labels = labels(config.labels(), folder, problems);
    problems.throwIfAny(config.root());
    splits =
        new VocLists(folder, files.pictures().keySet(), labels, config.unlabelled(), problems)
            .read();
    problems.throwIfAny(config.root());
    new MaskSample(VocFiles.CLASSES, splits, files::mask).check(problems);
    problems.throwIfAny(config.root());
  }

  private VocLabels labels(VocConfig.Labels source, DataFolder folder, DataProblems problems) {
    ClassIndex classes = new ClassIndex(VocFiles.CLASSES);
    return switch (source) {
      case AUTO -> labels(found(folder.root()), folder, problems);
      case XML -> {
        folder.require("Annotations");
        yield new VocXmlLabels(folder.root().resolve("Annotations"), classes);
      }
      case CSV -> {
        folder.require(TABLE);
        yield new CsvLabels(
            folder.root().resolve(TABLE), List.of("id", "split", "classes"), classes, problems);
      }
      case MASKS -> {
        folder.require("SegmentationClass");
        yield new VocMaskLabels(files);
      }
    };
  }

  private static VocConfig.Labels found(Path root) {
    if (Files.exists(root.resolve("Annotations"))) {
      return VocConfig.Labels.XML;
    } else if (Files.exists(root.resolve(TABLE))) {
      return VocConfig.Labels.CSV;
    } else if (Files.exists(root.resolve("SegmentationClass"))) {
      return VocConfig.Labels.MASKS;
    }
    throw new DataException(
        "no image-level labels in %s (key data.labels); expected is Annotations/ID.xml, %s or SegmentationClass/ID.png"
            .formatted(root, TABLE));
  }

  @Override
  public ClassNames classes() {
    return VocFiles.CLASSES;
  }

  @Override
  public List<String> splits() {
    return splits.names();
  }

  @Override
  public List<Example> examples(String split) {
    return splits.examples(split);
  }

  @Override
  public RgbImage image(Example example) throws BadImageException {
    return files.picture(example.id()).read();
  }

  @Override
  public Optional<IndexMask> mask(Example example) throws BadImageException {
    return files.mask(example.id());
  }

  @Override
  public List<Path> files(Example example) {
    return Stream.concat(
            Stream.of(files.picture(example.id()).path()).filter(Files::exists),
            files.masks().file(maskName(example)).stream())
        .toList();
  }
}
