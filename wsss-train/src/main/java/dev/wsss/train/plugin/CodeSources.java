package dev.wsss.train.plugin;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes come from. */
public final class CodeSources {

  private CodeSources() {}

  /** The file name of the jar or folder that a class was loaded from. */
  public static String of(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "unknown source";
    }
    try {
      return Path.of(source.getLocation().toURI()).getFileName().toString();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return source.getLocation().toString();
    }
  }
}
