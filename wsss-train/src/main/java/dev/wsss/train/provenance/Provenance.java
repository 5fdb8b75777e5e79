package dev.wsss.train.provenance;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Map;

/**
 * Where a run's numbers come from; the content of {@code provenance.json}.
 *
 * @param seed of everything random
 * @param data what was learned from
 * @param scoring how the numbers are made: split, network, scales, metrics with threshold modes
 * @param sessions one for each start; more than one where the run was resumed
 */
record Provenance(long seed, Data data, JsonElement scoring, List<Session> sessions) {

  Provenance {
    sessions = List.copyOf(sessions);
  }

  /**
   * A data set.
   *
   * @param type its module
   * @param fingerprint see {@link DataFingerprint}
   * @param pictures number of pictures by split
   */
  record Data(
      String type, String fingerprint, List<String> classes, Map<String, Integer> pictures) {}

  /**
   * One start of the program.
   *
   * @param startedAt in UTC, as ISO 8601 writes it
   * @param command what was typed
   * @param modules the jars that bring modules, with what they bring
   * @param libraries names of all jars on the class path, which hold their versions
   */
  record Session(
      String startedAt,
      List<String> command,
      Machine machine,
      List<Source> modules,
      List<String> libraries) {}

  /** What a session ran on. */
  record Machine(String system, String architecture, int processors, long heapMiB, String java) {}

  /**
   * A jar, or a folder of classes, that brings modules.
   *
   * @param sha256 of the jar, 64 hexadecimal digits; empty for a folder
   */
  record Source(String name, String sha256, List<String> brings) {}
}
