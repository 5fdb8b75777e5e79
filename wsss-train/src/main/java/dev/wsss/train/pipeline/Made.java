package dev.wsss.train.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folders of finished stages, by name. */
final class Made {
  private final Map<String, Path> folders = new LinkedHashMap<>();

  void add(String stage, Path folder) {
    folders.put(stage, folder);
  }

  /**
   * The folder of a stage that another one reads.
   *
   * @throws IllegalStateException if it has not been made
   */
  Path of(String stage) {
    Path folder = folders.get(stage);
    if (folder == null) {
      throw new IllegalStateException("stage " + stage + " comes later, or is none");
    }
    return folder;
  }
}
