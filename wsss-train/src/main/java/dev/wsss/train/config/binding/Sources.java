package dev.wsss.train.config.binding;

import dev.wsss.api.config.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds configurations: as a file, then as {@code wsss/configs/NAME.yaml} on the class path, whose
 * names stand in the {@code wsss/configs/index.txt} of each jar, one a line.
 */
final class Sources {
  private static final String FOLDER = "wsss/configs/";
  private static final String SUFFIX = ".yaml";

  private final ClassLoader resources;
  private final Problems problems;

  Sources(ClassLoader resources, Problems problems) {
    this.resources = resources;
    this.problems = problems;
  }

  /**
   * Finds a configuration by path or by name, with or without {@code .yaml}.
   *
   * @param folder what a relative path is relative to; empty looks on the class path only
   * @param asker where the name was written
   * @param key under which it was written; empty on the command line
   */
  Optional<Source> find(String name, Optional<Path> folder, Origin asker, String key) {
    for (String candidate : candidates(name)) {
      Optional<Path> file = folder.flatMap(from -> resolve(from, candidate));
      if (file.isPresent() && Files.isRegularFile(file.get())) {
        return read(file.get(), asker, key);
      }
      Optional<Source> resource = resource(candidate);
      if (resource.isPresent()) {
        return resource;
      }
    }
    Collection<String> known = known();
    String searched = folder.isPresent() ? "no such file, and no" : "no";
    problems.add(
        asker,
        key,
        "found '"
            + name
            + "': "
            + searched
            + " configuration of that name on the class path; "
            + (known.isEmpty() ? "there are none there" : "known are " + String.join(", ", known))
            + Spelling.suggestion(bare(name), known));
    return Optional.empty();
  }

  /** Reads a file that must be there. */
  Optional<Source> read(Path file, Origin asker, String key) {
    String name = file.toString();
    if (!Files.isRegularFile(file)) {
      problems.add(
          asker, key, "found '" + name + "': " + (Files.exists(file) ? "no file" : "no such file"));
      return Optional.empty();
    }
    try {
      if (Files.size(file) > YamlReader.LONGEST) {
        problems.add(
            asker,
            key,
            "found '"
                + name
                + "' of "
                + Files.size(file)
                + " bytes; allowed are at most "
                + YamlReader.LONGEST);
        return Optional.empty();
      }
      Path parent = file.getParent();
      return Optional.of(
          new Source(
              name,
              file.toRealPath().toString(),
              Optional.of(parent == null ? Path.of("") : parent),
              Files.readString(file)));
    } catch (CharacterCodingException e) {
      problems.add(asker, key, "found '" + name + "': not UTF-8");
    } catch (IOException e) {
      problems.add(asker, key, "found '" + name + "': cannot be read (" + e.getMessage() + ")");
    }
    return Optional.empty();
  }

  private static List<String> candidates(String name) {
    return name.endsWith(SUFFIX) ? List.of(name) : List.of(name, name + SUFFIX);
  }

  private static Optional<Path> resolve(Path folder, String name) {
    try {
      return Optional.of(folder.resolve(name).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Source> resource(String name) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try (InputStream in = resources.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String display = "classpath:" + name;
      return Optional.of(new Source(display, display, Optional.empty(), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Collection<String> known() {
    TreeSet<String> names = new TreeSet<>();
    try {
      for (URL index : Collections.list(resources.getResources(FOLDER + "index.txt"))) {
        try (InputStream in = index.openStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> bare(line.strip()))
              .filter(line -> !line.isEmpty())
              .forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static String bare(String name) {
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
