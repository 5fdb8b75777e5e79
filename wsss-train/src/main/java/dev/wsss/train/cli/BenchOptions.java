package dev.wsss.train.cli;

import com.google.gson.Gson;
import dev.wsss.train.progress.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What both benchmarks are asked. */
final class BenchOptions {
  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "Backbone; default: ${DEFAULT-VALUE}.")
  private String backbone = "mobilenet-v2";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the tensor library; default: one a core.")
  private @Nullable Integer threads;

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description =
          "Override a value of the benchmark's configuration, for example -o data.classes=40 or"
              + " -o self-supervision.mam.student-scales=[1]. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  List<String> overrides() {
    return Stream.concat(overrides.stream(), device.overrides().stream()).toList();
  }

  String backbone() {
    return backbone;
  }

  /** Fixes the number of threads; the engine must not have been used yet. */
  void setThreads() {
    if (threads != null) {
      if (threads < 1) {
        throw new UsageException("--threads is " + threads + "; it is at least 1");
      }
      System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
    }
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Names and numbers, as one object or one a line. */
  String describe(Map<String, Object> values) {
    if (json) {
      return new Gson().toJson(values);
    }
    List<List<String>> rows = new ArrayList<>();
    values.forEach((name, value) -> rows.add(List.of(name, String.valueOf(value))));
    return TextColumns.of(rows);
  }

  /** At least {@code least}, or an error that names the option. */
  static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw new UsageException(option + " is " + value + "; it is at least " + least);
    }
    return value;
  }

  /** To three digits after the point; finer is noise. */
  static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
