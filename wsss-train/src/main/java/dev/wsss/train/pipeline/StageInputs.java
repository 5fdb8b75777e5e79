package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.provenance.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the output of a stage depends on.
 *
 * @param settings values, files and code
 * @param data fingerprint of the data set
 * @param made digests of the stages that it reads, by name
 */
record StageInputs(RunIdentity.Part settings, String data, SortedMap<String, String> made) {
  /** Key of the names of all stages, beside those of the configuration. */
  static final String STAGES = "stages";

  private static final int KEY_DIGITS = 12;

  StageInputs {
    Objects.requireNonNull(settings);
    Objects.requireNonNull(data);
    Objects.requireNonNull(made);
  }

  /** What several stages together depend on; refiners work in their order, so that it counts. */
  static RunIdentity.Part settings(List<RunIdentity.Part> settings, List<String> stages) {
    RunIdentity.Part all = RunIdentity.Part.none();
    for (RunIdentity.Part own : settings) {
      all.values().putAll(own.values());
      all.files().putAll(own.files());
      all.code().putAll(own.code());
    }
    all.values().put(STAGES, String.join(", ", stages));
    return all;
  }

  /** A name for a folder that other inputs do not share. Where files lie is no part of it. */
  String key() {
    Map<String, Object> content = new TreeMap<>();
    content.put("values", settings.values());
    content.put("files", contents(settings.files()));
    content.put("code", contents(settings.code()));
    content.put("data", data);
    content.put("made", made);
    return Sha256.of(new Gson().toJson(content)).substring(0, KEY_DIGITS);
  }

  private static Map<String, String> contents(Map<String, RunIdentity.Content> by) {
    Map<String, String> contents = new TreeMap<>();
    by.forEach((name, content) -> contents.put(name, content.sha256()));
    return contents;
  }

  /** What is another than it was, a phrase a change. */
  List<String> changesSince(StageInputs before) {
    List<String> changes = new ArrayList<>(settings.changesSince(before.settings));
    if (!data.equals(before.data)) {
      changes.add("pictures, labels or masks have changed");
    }
    made.forEach(
        (stage, digest) -> {
          if (!digest.equals(before.made.get(stage))) {
            changes.add("stage " + stage + " has made something else");
          }
        });
    return List.copyOf(changes);
  }
}
