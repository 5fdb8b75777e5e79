package dev.wsss.train.engine;

import dev.wsss.api.config.Spelling;
import dev.wsss.eval.device.DeviceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A libtorch of the user's own in place of the one on the class path, as with CUDA. It is checked
 * before it is loaded: with another version than the Java interface is built for, the process would
 * crash at some later step, and one that is not found would be passed over in silence.
 *
 * @param path value of {@code PYTORCH_LIBRARY_PATH}
 * @param folder with the libraries
 * @param flavour value of {@code PYTORCH_FLAVOR}, such as cu128
 */
record ExternalLibtorch(
    String path, Path folder, Optional<String> flavour, JniLibraries interfaces) {
  private static final String LIBRARY = System.mapLibraryName("torch");
  private static final String CUDA_PART = System.mapLibraryName("torch_cuda");
  private static final String OWN_INTERFACE = System.mapLibraryName("djl_torch");

  /** Of the zip and of the Python package: 2.7.1+cu128. */
  private static final Pattern VERSION =
      Pattern.compile("(\\d+\\.\\d+\\.\\d+)[^+\\s']*(?:\\+(\\w+))?");

  private static final Pattern PYTHON_VERSION =
      Pattern.compile("^__version__\\s*=\\s*'([^']+)'", Pattern.MULTILINE);

  /**
   * That of this process; empty where the environment names none.
   *
   * @throws DeviceException if what it names cannot be used
   */
  static Optional<ExternalLibtorch> here() {
    return JniLibraries.here()
        .flatMap(
            interfaces ->
                of(
                    Setting.of("PYTORCH_LIBRARY_PATH"),
                    Setting.of("PYTORCH_VERSION"),
                    Setting.of("PYTORCH_FLAVOR"),
                    interfaces));
  }

  /**
   * Finds it.
   *
   * @param version value of {@code PYTORCH_VERSION}
   */
  static Optional<ExternalLibtorch> of(
      Optional<String> path,
      Optional<String> version,
      Optional<String> flavour,
      JniLibraries interfaces) {
    version
        .filter(asked -> !asked.equals(interfaces.version()))
        .ifPresent(
            asked -> {
              throw other("PYTORCH_VERSION is " + asked, interfaces);
            });
    return path.map(
        value -> new ExternalLibtorch(value, folder(value, interfaces), flavour, interfaces));
  }

  private static Path folder(String path, JniLibraries interfaces) {
    List<String> entries =
        Stream.of(path.split(File.pathSeparator, -1)).filter(entry -> !entry.isEmpty()).toList();
    for (String entry : entries) {
      Path place = Path.of(entry);
      if (String.valueOf(place.getFileName()).equals(LIBRARY) && Files.isRegularFile(place)) {
        return Objects.requireNonNull(place.toAbsolutePath().getParent());
      }
      if (Files.isRegularFile(place.resolve(LIBRARY))) {
        return place.toAbsolutePath();
      }
    }
    String nearest =
        entries.stream()
            .map(entry -> Path.of(entry, "lib"))
            .filter(lib -> Files.isRegularFile(lib.resolve(LIBRARY)))
            .findFirst()
            .map(lib -> "; did you mean '" + lib + "'?")
            .orElse("");
    throw new DeviceException(
        "PYTORCH_LIBRARY_PATH is '"
            + path
            + "', where there is no "
            + LIBRARY
            + "; give the folder 'lib' of libtorch "
            + interfaces.version()
            + nearest);
  }

  /**
   * What the library must be told besides, so that it finds the right interface.
   *
   * @throws DeviceException if the libtorch does not fit this program
   */
  Map<String, String> settings() {
    Optional<String> found = version();
    Matcher parts = VERSION.matcher(found.orElse(""));
    boolean known = parts.find();
    if (known && !parts.group(1).equals(interfaces.version())) {
      throw other(
          "PYTORCH_LIBRARY_PATH names PyTorch " + found.get() + " in " + folder, interfaces);
    }
    Optional<String> built = known ? Optional.ofNullable(parts.group(2)) : Optional.empty();
    Optional<String> chosen = flavour.or(() -> built).or(this::withoutCuda);
    if (chosen.isEmpty()) {
      throw new DeviceException(
          folder
              + " does not say for which CUDA its PyTorch is built; set PYTORCH_FLAVOR to one of "
              + String.join(", ", interfaces.flavours()));
    }
    boolean hasOwnInterface = Files.isRegularFile(folder.resolve(OWN_INTERFACE));
    if (!hasOwnInterface && !interfaces.flavours().contains(chosen.get())) {
      throw new DeviceException(
          (flavour.isPresent() ? "PYTORCH_FLAVOR is " : folder + " holds a PyTorch for ")
              + chosen.get()
              + "; this program's Java interface is built for "
              + String.join(", ", interfaces.flavours())
              + Spelling.suggestion(chosen.get(), interfaces.flavours()));
    }
    return flavour.isPresent() ? Map.of() : Map.of("PYTORCH_FLAVOR", chosen.get());
  }

  private static DeviceException other(String what, JniLibraries interfaces) {
    return new DeviceException(
        what
            + "; this program's Java interface is built for PyTorch "
            + interfaces.version()
            + ", and with another version the process would crash; take libtorch "
            + interfaces.version());
  }

  private Optional<String> withoutCuda() {
    return Files.exists(folder.resolve(CUDA_PART)) ? Optional.empty() : Optional.of("cpu");
  }

  /** As the zip's file build-version says, or version.py of the Python package. */
  private Optional<String> version() {
    Path parent = folder.getParent();
    if (parent == null) {
      return Optional.empty();
    }
    return text(parent.resolve("build-version"))
        .map(String::strip)
        .or(
            () ->
                text(parent.resolve("version.py"))
                    .map(PYTHON_VERSION::matcher)
                    .filter(Matcher::find)
                    .map(matcher -> matcher.group(1)));
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it says nothing, as if it were not there
    }
  }
}
