package dev.wsss.train.provenance;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a run's numbers come from; the content of {@code provenance.json}.
 *
 * @param seed of everything random
 * @param data what was learned from
 * @param identity what the numbers depend on
 * @param sessions one for each start; more than one where the run was resumed
 */
record Provenance(long seed, Data data, RunIdentity identity, List<Session> sessions) {

  Provenance {
    Objects.requireNonNull(data);
    Objects.requireNonNull(identity);
    sessions = List.copyOf(sessions);
  }

  /**
   * A data set.
   *
   * @param type its module
   * @param fingerprint see {@link DataFingerprint}
   * @param fingerprintOf what was read for it
   * @param pictures number of pictures by split
   */
  record Data(
      String type,
      String fingerprint,
      String fingerprintOf,
      List<String> classes,
      Map<String, Integer> pictures) {}

  /**
   * One start of the program.
   *
   * @param startedAt in UTC, as ISO 8601 writes it
   * @param command what was typed
   * @param device on which the tensors were, cpu or cuda:N
   * @param modules the jars that bring modules, with what they bring
   * @param libraries names of all jars on the class path, which hold their versions
   */
  record Session(
      String startedAt,
      List<String> command,
      String device,
      Machine machine,
      List<Source> modules,
      List<String> libraries) {}

  /**
   * What a session ran on.
   *
   * @param processors how many threads run at once
   */
  record Machine(
      String system,
      String architecture,
      Processor processor,
      int processors,
      long heapMiB,
      String java) {}

  /**
   * A jar, or a folder of classes, that brings modules.
   *
   * @param sha256 of the jar, 64 hexadecimal digits; empty for a folder
   */
  record Source(String name, String sha256, List<String> brings) {}
}
