package dev.wsss.train.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.train.ablation.AblationConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.JsonSchema;
import dev.wsss.train.config.fromdata.FromDataSchema;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code wsss schema}: the JSON schema that editors check configurations with. */
@Command(name = "schema", description = "Print the JSON schema of runs and ablations, for editors.")
final class SchemaCommand implements Callable<Integer> {
  private final Program program;

  SchemaCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    PluginCatalog catalog = program.catalog();
    JsonObject schema = schema(RunConfig.class, catalog);
    FromDataSchema.allowIn(schema);
    // Nothing is required of either kind of file, so one schema serves both.
    schema
        .getAsJsonObject("properties")
        .asMap()
        .putAll(schema(AblationConfig.class, catalog).getAsJsonObject("properties").asMap());
    program
        .terminal()
        .result(
            new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(schema));
    return ExitCode.OK.code();
  }

  private static JsonObject schema(Class<? extends Record> root, PluginCatalog catalog) {
    return JsonParser.parseString(JsonSchema.of(root, catalog)).getAsJsonObject();
  }
}
