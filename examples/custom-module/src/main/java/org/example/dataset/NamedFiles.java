package org.example.dataset;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * PNG pictures {@code SPLIT/CLASS+CLASS-ANYTHING.png}: the part of a name before its first hyphen holds the
 * image-level labels. There are no masks, so nothing is scored.
 */
public final class NamedFiles implements SegmentationDataset {
  private final Path root;
  private final ClassNames classes;
  private final Map<String, List<Example>> splits = new TreeMap<>();

  @Inject
  public NamedFiles(NamedFilesConfig config) {
    this.root = config.root();
    Map<String, List<Path>> files = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (Path folder : list(root, Files::isDirectory)) {
      List<Path> pictures = list(folder, file -> file.toString().endsWith(".png"));
      if (!pictures.isEmpty()) {
        files.put(folder.getFileName().toString(), pictures);
        pictures.forEach(picture -> names.addAll(labels(picture)));
      }
    }
    if (files.isEmpty()) {
      throw new DataException(root + " has no folder with PNG pictures, such as train/cat-001.png");
    }
    this.classes = new ClassNames(List.copyOf(names));
    files.forEach((split, pictures) -> splits.put(split, pictures.stream().map(this::example).toList()));
  }

  @Override
  public ClassNames classes() {
    return classes;
  }

  @Override
  public List<String> splits() {
    return List.copyOf(splits.keySet());
  }

  @Override
  public List<Example> examples(String split) {
    List<Example> examples = splits.get(split);
    if (examples == null) {
      throw new DataException("no split '" + split + "' in " + root + "; there are " + String.join(", ", splits()));
    }
    return examples;
  }

  @Override
  public RgbImage image(Example example) throws BadImageException {
    Path file = root.resolve(example.id() + ".png");
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new BadImageException(file + " cannot be decoded: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new BadImageException(file + " is no picture");
    }
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    for (int i = 0; i < rgb.length / 3; i++) {
      int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
      rgb[3 * i] = (byte) (pixel >> 16);
      rgb[3 * i + 1] = (byte) (pixel >> 8);
      rgb[3 * i + 2] = (byte) pixel;
    }
    return new RgbImage(image.getWidth(), image.getHeight(), rgb);
  }

  @Override
  public Optional<IndexMask> mask(Example example) {
    return Optional.empty();
  }

  @Override
  public List<Path> files(Example example) {
    return List.of(root.resolve(example.id() + ".png"));
  }

  private Example example(Path picture) {
    BitSet bits = new BitSet();
    labels(picture).forEach(label -> bits.set(classes.foreground().indexOf(label)));
    String id = root.relativize(picture).toString().replace('\\', '/');
    return new Example(id.substring(0, id.length() - ".png".length()), bits);
  }

  private static List<String> labels(Path picture) {
    String name = picture.getFileName().toString();
    int hyphen = name.indexOf('-');
    if (hyphen < 1) {
      throw new DataException(picture + ": the name has no label; allowed is CLASS-ANYTHING.png");
    }
    return List.of(name.substring(0, hyphen).split("\\+"));
  }

  private interface Wanted {
    boolean is(Path path);
  }

  private static List<Path> list(Path folder, Wanted wanted) {
    try (Stream<Path> paths = Files.list(folder)) {
      return new ArrayList<>(paths.filter(wanted::is).sorted().toList());
    } catch (IOException e) {
      throw new DataException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
