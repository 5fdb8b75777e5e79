package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.coco.Instances;
import dev.wsss.eval.image.MaskValues;
import dev.wsss.eval.image.PictureFile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * COCO as it is distributed: {@code annotations/instances_train2014.json} with the pictures in
 * {@code train2014}, the same of {@code val}, or those of 2017 or of one's own. Nothing is
 * converted; a file of annotations is read once, when the data set is opened.
 *
 * <p>Classes are the file's categories by their ids, which have gaps: the first is index 1 of a
 * mask. A picture's id is its file's name without the extension. Masks are made of the instances,
 * to the pixel as COCO's own tools fill them, the smallest on top, when they are asked for; or they
 * are read from a folder of PNG files, {@code data.masks}, under the names by which pseudo masks
 * are written.
 */
public final class CocoDataset implements SegmentationDataset {
  private final CocoConfig config;
  private final ClassNames classes;
  private final Splits splits;
  private final CocoPictures pictures;
  private final Optional<MaskFolder> masks;

  /**
   * @throws DataException with everything that is wrong with folders, annotations and labels
   */
  @Inject
  public CocoDataset(CocoConfig config) {
    this.config = config;
    DataProblems problems = new DataProblems();
    pictures = new CocoPictures(config, problems);
    classes = pictures.classes();
    splits = pictures.splits();
    masks =
        config
            .masks()
            .map(name -> masks(config.root().resolve(name), MaskValues.asTheyAre(classes)));
  }

  private static MaskFolder masks(Path folder, MaskValues values) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "no folder %s (key data.masks); without the key, masks are made of the instances"
              .formatted(folder));
    }
    return new MaskFolder(folder, values);
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
    if (masks.isPresent()) {
      return masks.get().read(maskName(example), picture(example));
    }
    CocoPictures.Annotated annotated = pictures.of(example.id());
    Instances.Picture said = annotated.picture();
    PictureFile.Size size = picture(example).size();
    if (size.width() != said.width() || size.height() != said.height()) {
      throw new BadImageException(
          "%s: images[%d] is %d×%d, its picture %s is %s upright; the annotations are of another picture"
              .formatted(
                  annotated.instances().file(),
                  said.place(),
                  said.width(),
                  said.height(),
                  annotated.file(),
                  size));
    }
    return annotated.instances().mask(said, config.crowdMasks());
  }

  private PictureFile picture(Example example) {
    return new PictureFile(pictures.of(example.id()).file(), config.maxPixels());
  }

  @Override
  public List<Path> files(Example example) {
    CocoPictures.Annotated annotated = pictures.of(example.id());
    Stream<Path> mask =
        masks.isPresent()
            ? masks.get().file(maskName(example)).stream()
            : Stream.of(annotated.instances().file());
    return Stream.concat(Stream.of(annotated.file()), mask).filter(Files::exists).toList();
  }
}
