package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.MaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Masks in a folder, as pseudo labels are written: palette or grey PNG files under the names that
 * the data set gives them ({@link SegmentationDataset#maskName}).
 */
public record MaskFolder(Path folder, SegmentationDataset data) implements MaskSource {

  /** Those of the pictures whose mask is there, in their order. */
  public List<Example> having(List<Example> examples) {
    return examples.stream().filter(example -> Files.isRegularFile(file(example))).toList();
  }

  @Override
  public IndexMask mask(Example example) throws BadImageException {
    Path file = file(example);
    IndexMask mask = new MaskFile(file).read();
    int classes = data.classes().count();
    for (int i = 0; i < mask.indices().length; i++) {
      int index = mask.indices()[i] & 0xff;
      if (index > classes && index != IndexMask.IGNORE) {
        throw new BadImageException(
            "%s: value %d at column %d, row %d is no class; allowed are 0 (background) to %d (%s) and 255 (not counted)"
                .formatted(
                    file,
                    index,
                    i % mask.width(),
                    i / mask.width(),
                    classes,
                    data.classes().ofMaskIndex(classes)));
      }
    }
    return mask;
  }

  private Path file(Example example) {
    return folder.resolve(data.maskName(example));
  }
}
