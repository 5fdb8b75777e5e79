package dev.wsss.train.plugin;

import dev.wsss.api.plugin.PluginException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Jars that Java leaves out of the class path without a word. */
public final class BrokenJars {

  private BrokenJars() {}

  /**
   * Opens every jar of a class path.
   *
   * @param classPath as in the system property {@code java.class.path}
   * @throws PluginException with every jar that cannot be opened
   */
  public static void refuse(String classPath) {
    List<String> broken = new ArrayList<>();
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      Path file = Path.of(entry);
      if (entry.toLowerCase(Locale.ROOT).endsWith(".jar") && Files.isRegularFile(file)) {
        try (ZipFile jar = new ZipFile(file.toFile())) {
          jar.size();
        } catch (IOException e) {
          broken.add(
              file
                  + " is no whole jar ("
                  + e.getMessage()
                  + "); copy it again, or remove it from the class path");
        }
      }
    }
    if (!broken.isEmpty()) {
      throw new PluginException(String.join("\n", broken));
    }
  }
}
