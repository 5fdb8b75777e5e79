package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.MaskValues;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Photographs of one's own in a folder:
 *
 * <pre>
 * images/       pictures, JPEG, PNG, WebP or TIFF, colour or grey, in folders if you like
 * labels.csv    image,split,labels: a line a picture, labels separated by blanks or semicolons
 *               (by semicolons only, where a class name has a blank)
 * classes.txt   a class a line; the first may be background
 * masks/        optional, for scoring: the picture's name with .png, a class index a pixel,
 *               0 background, 255 not counted; data.mask-values gives values other meanings
 * </pre>
 *
 * <p>Any names, any number of classes; with one class the question is where it is. A picture's id
 * is its path below {@code images}. A few masks of each split are decoded at the start: where they
 * show no class but 255, the data set is refused.
 */
public final class FolderDataset implements SegmentationDataset {
  private final ClassNames classes;
  private final Splits splits;
  private final FolderFiles files;

  /**
   * @throws DataException with everything that is wrong with the folder, the classes and the table
   */
  @Inject
  public FolderDataset(FolderConfig config) {
    Path root = config.root();
    DataFolder folder =
        new DataFolder(
            root, "images/, labels.csv, classes.txt and, for scoring, masks/", "wsss init " + root);
    folder.require("labels.csv", "classes.txt");
    DataProblems problems = new DataProblems();
    classes = ClassFile.read(root.resolve("classes.txt"), problems);
    problems.throwIfAny(root);
    splits = new FolderTable(folder, classes, config.unlabelled(), problems).read();
    problems.throwIfAny(root);
    MaskValues values = MaskValues.of(classes, config.maskValues());
    files =
        new FolderFiles(root, new MaskFolder(root.resolve("masks"), values), config.maxPixels());
    new MaskSample(classes, splits, files::mask).check(problems);
    problems.throwIfAny(root);
  }

  @Override
  public ClassNames classes() {
    return classes;
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

  @Override
  public String maskName(Example example) {
    return FolderTable.maskName(example.id());
  }
}
