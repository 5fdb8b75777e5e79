package dev.wsss.train.pipeline;

import dev.wsss.train.provenance.RunIdentities;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Stages that several pipelines have in common, such as the cells of an ablation: one folder {@code
 * stages/} in which each stage is made once, whichever of them comes first.
 *
 * <p>Not for several threads: one pipeline runs after the other, and nobody else writes to the
 * folder meanwhile.
 */
public final class SharedStages {
  private final StageFolders folders;
  private final RunIdentities identities = new RunIdentities();
  private final Map<Path, RuntimeException> failures = new HashMap<>();

  /**
   * @param folder that holds {@code stages/}
   */
  public SharedStages(Path folder) {
    this(new StageFolders(folder, StageFolders.Again.BY_DELETING));
  }

  private SharedStages(StageFolders folders) {
    this.folders = folders;
  }

  /** Those of one pipeline, which can be told to make a stage anew. */
  static SharedStages ofOne(Path folder) {
    return new SharedStages(new StageFolders(folder, StageFolders.Again.BY_FROM));
  }

  StageFolders folders() {
    return folders;
  }

  RunIdentities identities() {
    return identities;
  }

  /** A stage that has failed once is not tried for every pipeline that needs it. */
  void requireNoFailure(Path stage) {
    RuntimeException failure = failures.get(stage);
    if (failure != null) {
      throw failure;
    }
  }

  void noteFailure(Path stage, RuntimeException failure) {
    failures.put(stage, failure);
  }
}
