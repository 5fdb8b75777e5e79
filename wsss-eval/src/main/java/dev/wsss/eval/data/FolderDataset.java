package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
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
 * images/       pictures, JPEG or PNG, colour or grey, in folders if you like
 * labels.csv    image,split,labels: a line a picture, labels separated by blanks or semicolons
 *               (by semicolons only, where a class name has a blank)
 * classes.txt   a class a line; the first may be background
 * masks/        optional, for scoring: the picture's name with .png, a class index a pixel,
 *               0 background, 255 not counted
 * </pre>
 *
 * <p>Any names, any number of classes; with one class the question is where it is. A picture's id
 * is its path below {@code images}.
 */
public final class FolderDataset implements SegmentationDataset {
  private final Path root;
  private final ClassNames classes;
  private final Splits splits;

  /**
   * @throws DataException with everything that is wrong with the folder, the classes and the table
   */
  @Inject
  public FolderDataset(FolderConfig config) {
    root = config.root();
    DataFolder folder =
        new DataFolder(root, "images/, labels.csv, classes.txt and, for scoring, masks/");
    folder.require("images", "labels.csv", "classes.txt");
    DataProblems problems = new DataProblems();
    classes = ClassFile.read(root.resolve("classes.txt"), problems);
    problems.throwIfAny(root);
    splits = new FolderTable(folder, classes, config.unlabelled(), problems).read();
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
    return picture(example).read();
  }

  @Override
  public Optional<IndexMask> mask(Example example) throws BadImageException {
    Path file = maskFile(example);
    return Files.exists(file)
        ? Optional.of(new MaskFile(file).readFor(picture(example), classes))
        : Optional.empty();
  }

  @Override
  public List<Path> files(Example example) {
    return Stream.of(picture(example).path(), maskFile(example)).filter(Files::exists).toList();
  }

  private Path maskFile(Example example) {
    return root.resolve("masks").resolve(maskName(example));
  }

  @Override
  public String maskName(Example example) {
    return FolderTable.maskName(example.id());
  }

  private PictureFile picture(Example example) {
    return new PictureFile(root.resolve("images").resolve(example.id()));
  }
}
