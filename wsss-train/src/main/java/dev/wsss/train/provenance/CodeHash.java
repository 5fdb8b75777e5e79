package dev.wsss.train.provenance;

import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * SHA-256 of the code in a jar or in a folder of classes: of the names and contents of its files.
 * Times, the order in the jar, and what a build tool writes about itself do not count, so that
 * building the same sources again gives the same hash.
 */
final class CodeHash {

  private CodeHash() {}

  /** The jar or folder that a class was loaded from; empty where the class loader does not say. */
  static Optional<Path> placeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI())).filter(Files::exists);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** 64 hexadecimal digits. */
  static String of(Path jarOrFolder) throws IOException {
    MessageDigest digest = Sha256.digest();
    if (Files.isDirectory(jarOrFolder)) {
      addFolder(digest, jarOrFolder);
    } else {
      addJar(digest, jarOrFolder);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addFolder(MessageDigest digest, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    List<String> names =
        files.stream().map(file -> folder.relativize(file).toString().replace('\\', '/')).toList();
    for (String name : names.stream().filter(CodeHash::counts).sorted().toList()) {
      try (InputStream in = Files.newInputStream(folder.resolve(name))) {
        add(digest, name, in);
      }
    }
  }

  private static void addJar(MessageDigest digest, Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<String> names =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .filter(CodeHash::counts)
              .distinct()
              .sorted()
              .toList();
      for (String name : names) {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
          add(digest, name, in);
        }
      }
    }
  }

  private static boolean counts(String name) {
    return !name.equals("META-INF/MANIFEST.MF") && !name.startsWith("META-INF/maven/");
  }

  private static void add(MessageDigest digest, String name, InputStream content)
      throws IOException {
    digest.update((name + "\n" + Sha256.of(content) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
