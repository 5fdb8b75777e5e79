package dev.wsss.train.submission;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.report.WholeFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Masks for the evaluation server of PASCAL VOC 2012: {@code
 * results/VOC2012/Segmentation/comp6_test_cls/NAME.png} of every picture of a list, in a tar.gz.
 * The same masks give the same bytes.
 *
 * @param list a name a line, as {@code ImageSets/Segmentation/test.txt}
 * @param pictures folder of {@code NAME.jpg}, as {@code JPEGImages}
 * @param masks folder of {@code NAME.png}, an index of VOC's 20 classes a pixel
 */
public record VocSubmission(Path list, Path pictures, Path masks) {
  /** The competition for segmentation with any training data but the test set. */
  private static final String FOLDER = "results/VOC2012/Segmentation/comp6_test_cls/";

  private static final int LAST_CLASS = 20;
  private static final int SHOWN = 10;

  /**
   * Checks all masks, then writes the archive, whole or not at all.
   *
   * @return how many masks are in it
   * @throws DataException with what is wrong: masks that are missing, of another size than their
   *     picture, or with a value that is no class; 255 is none here
   */
  public int write(Path archive) throws IOException {
    List<String> names = names();
    check(names);
    WholeFile.write(archive, to -> write(to, names));
    return names.size();
  }

  private List<String> names() {
    try (Stream<String> lines = Files.lines(list)) {
      List<String> names = lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (names.isEmpty()) {
        throw new DataException(list + ": no names");
      }
      Set<String> known = new HashSet<>();
      for (String name : names) {
        if (!known.add(name)) {
          throw new DataException(list + ": '" + name + "' is listed twice");
        }
      }
      return names;
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(list + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private void check(List<String> names) {
    List<String> problems = new ArrayList<>();
    Set<String> there = there();
    for (String name : names) {
      try {
        if (there.contains(name + ".png")) {
          check(name);
        } else {
          problems.add(
              "no mask %s%s".formatted(mask(name), Spelling.suggestion(name + ".png", there)));
        }
      } catch (BadImageException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      StringBuilder text =
          new StringBuilder(
              "%s cannot be submitted: %d of %d masks are wrong"
                  .formatted(masks, problems.size(), names.size()));
      problems.stream().limit(SHOWN).forEach(problem -> text.append("\n  ").append(problem));
      if (problems.size() > SHOWN) {
        text.append("\n  and ").append(problems.size() - SHOWN).append(" more");
      }
      throw new DataException(text.toString());
    }
  }

  private Set<String> there() {
    try (Stream<Path> files = Files.list(masks)) {
      Set<String> there = new HashSet<>();
      files.forEach(file -> there.add(String.valueOf(file.getFileName())));
      return there;
    } catch (IOException e) {
      throw new DataException(masks + ": no such folder", e);
    }
  }

  private void check(String name) throws BadImageException {
    PictureFile.Size size = new PictureFile(pictures.resolve(name + ".jpg")).size();
    IndexMask mask = new MaskFile(mask(name)).read();
    if (mask.width() != size.width() || mask.height() != size.height()) {
      throw new BadImageException(
          "%s is %d×%d, its picture %s".formatted(mask(name), mask.width(), mask.height(), size));
    }
    for (int p = 0; p < mask.indices().length; p++) {
      int index = mask.indices()[p] & 0xff;
      if (index > LAST_CLASS) {
        throw new BadImageException(
            "%s: value %d at column %d, row %d; allowed are 0 (background) to %d"
                .formatted(mask(name), index, p % mask.width(), p / mask.width(), LAST_CLASS));
      }
    }
  }

  private Path mask(String name) {
    return masks.resolve(name + ".png");
  }

  private void write(Path to, List<String> names) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(FOLDER + name + ".png");
        byte[] bytes = Files.readAllBytes(mask(name));
        entry.setSize(bytes.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }
}
