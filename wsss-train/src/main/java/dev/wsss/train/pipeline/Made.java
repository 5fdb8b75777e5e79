package dev.wsss.train.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The folders of finished stages, by name. */
final class Made {
  private final Map<String, Path> folders = new LinkedHashMap<>();

  void add(String stage, Path folder) {
    folders.put(stage, folder);
  }

  /** The folder of a stage; empty where it has not been made. */
  Optional<Path> find(String stage) {
    return Optional.ofNullable(folders.get(stage));
  }

  /**
   * The folder of a stage that another one reads.
   *
   * @throws IllegalStateException if it has not been made
   */
  Path of(String stage) {
    return find(stage)
        .orElseThrow(
            () -> new IllegalStateException("stage " + stage + " comes later, or is none"));
  }
}
