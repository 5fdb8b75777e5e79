package dev.wsss.eval.predict;

import dev.wsss.api.data.DataException;
import dev.wsss.eval.image.PictureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the pictures that somebody means: files, folders with all that is below them, and lists
 * that name a file or folder a line.
 */
public final class SourcePictures {
  private static final String LIST = ".txt";

  private final Map<Path, SourcePicture> found = new LinkedHashMap<>();

  private SourcePictures() {}

  /**
   * Finds pictures: each file once, files of a folder in the order of their paths; hidden files and
   * folders are passed by. A name that ends in {@code .txt} is a list: a path a line, relative to
   * the list's folder.
   *
   * @throws DataException if something is not there or cannot be read, or there is no picture
   */
  public static List<SourcePicture> of(List<Path> named) {
    SourcePictures pictures = new SourcePictures();
    for (Path path : named) {
      if (extension(path).equals(LIST.substring(1)) && Files.isRegularFile(path)) {
        pictures.addList(path);
      } else {
        pictures.add(path, path + ": no such file or folder", name(path));
      }
    }
    if (pictures.found.isEmpty()) {
      throw new DataException(
          "no pictures in %s; folders are searched for names that end in %s"
              .formatted(
                  String.join(", ", named.stream().map(Path::toString).toList()),
                  String.join(
                      ", ", PictureFile.EXTENSIONS.stream().sorted().map(e -> "." + e).toList())));
    }
    return List.copyOf(pictures.found.values());
  }

  private void add(Path path, String missing, String name) {
    if (Files.isDirectory(path)) {
      addFolder(path);
    } else if (Files.exists(path)) {
      addFile(name, path);
    } else {
      throw new DataException(missing);
    }
  }

  private void addFile(String name, Path file) {
    found.putIfAbsent(file.toAbsolutePath().normalize(), new SourcePicture(name, file));
  }

  private void addFolder(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(file -> PictureFile.isPictureName(name(file)))
          .filter(file -> !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> addFile(slashed(folder.relativize(file)), file));
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(folder + ": cannot be searched (" + e.getMessage() + ")", e);
    }
  }

  private void addList(Path list) {
    List<String> lines;
    try {
      lines = Files.readAllLines(list);
    } catch (CharacterCodingException e) {
      throw new DataException(list + ": not UTF-8 text; a list names a picture a line", e);
    } catch (IOException e) {
      throw new DataException(list + ": cannot be read (" + e.getMessage() + ")", e);
    }
    Path base = list.toAbsolutePath().getParent();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        String where = list + ":" + (i + 1) + ": ";
        Path path = path(line, where);
        String name = path.isAbsolute() || line.contains("..") ? name(path) : slashed(path);
        add(
            base == null ? path : base.resolve(path),
            where + "no file or folder '" + line + "'",
            name);
      }
    }
  }

  private static Path path(String line, String where) {
    try {
      return Path.of(line);
    } catch (InvalidPathException e) {
      throw new DataException(where + "no path (" + e.getReason() + ")", e);
    }
  }

  private static boolean isHidden(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? path.toString() : last.toString();
  }

  private static String slashed(Path relative) {
    List<String> parts = new ArrayList<>();
    relative.normalize().forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private static String extension(Path file) {
    String name = name(file);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
