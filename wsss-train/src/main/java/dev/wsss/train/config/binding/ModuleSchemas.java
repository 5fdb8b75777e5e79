package dev.wsss.train.config.binding;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;

/** Schemas of modules chosen by {@code type}, each written once under {@code $defs}. */
final class ModuleSchemas {
  private final PluginCatalog catalog;
  private final JsonSchema keys;
  private final JsonObject definitions = new JsonObject();

  ModuleSchemas(PluginCatalog catalog, JsonSchema keys) {
    this.catalog = catalog;
    this.keys = keys;
  }

  JsonObject definitions() {
    return definitions;
  }

  List<String> names(Class<?> spi) {
    return catalog.names(spi);
  }

  /**
   * A block that holds the keys of the module that its {@code type} names, or that name alone where
   * no other keys stand beside.
   *
   * @param beside schemas of the keys that stand beside the module's
   * @param owner name of the record that has those keys; empty for none
   * @param slot the module that is meant where no type is written; empty for any
   */
  JsonObject choice(Class<?> spi, JsonObject beside, String owner, String slot) {
    JsonObject type = new JsonObject();
    type.add("enum", JsonSchema.strings(names(spi)));
    JsonObject properties = new JsonObject();
    properties.add("type", type);
    boolean alone = owner.isEmpty();
    JsonObject schema = alone ? JsonSchema.typed("object", "string") : JsonSchema.typed("object");
    schema.add("properties", properties);
    JsonArray rules = new JsonArray();
    JsonArray any = new JsonArray();
    for (String name : names(spi)) {
      JsonObject module = reference(spi, name, beside, owner);
      rules.add(rule(typeIs(name), module));
      any.add(module);
    }
    if (!any.isEmpty()) {
      rules.add(rule(typeIsAbsent(), untyped(spi, slot, beside, owner, any)));
      if (alone) {
        rules.add(rule(JsonSchema.typed("string"), type)); // the name is short for a type alone
      }
      schema.add("allOf", rules);
    }
    return schema;
  }

  private JsonObject untyped(
      Class<?> spi, String slot, JsonObject beside, String owner, JsonArray any) {
    if (names(spi).contains(slot)) {
      return reference(spi, slot, beside, owner);
    }
    JsonObject anyOf = new JsonObject();
    anyOf.add("anyOf", any);
    return anyOf;
  }

  private JsonObject reference(Class<?> spi, String name, JsonObject beside, String owner) {
    String id = spi.getSimpleName() + "." + name + (owner.isEmpty() ? "" : "." + owner);
    if (!definitions.has(id)) {
      definitions.add(id, new JsonObject()); // so that a module that contains its own SPI ends
      definitions.add(id, definition(spi, name, beside));
    }
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", "#/$defs/" + id);
    return reference;
  }

  private JsonObject definition(Class<?> spi, String name, JsonObject beside) {
    RegisteredModule<?> module = catalog.find(spi, name).orElseThrow();
    JsonObject type = new JsonObject();
    type.addProperty("const", name);
    JsonObject properties = new JsonObject();
    properties.add("type", type);
    keys.properties(Modules.keys(module)).asMap().forEach(properties::add);
    beside.asMap().forEach(properties::add);
    JsonObject schema = JsonSchema.closed(properties);
    schema.addProperty("description", Modules.line(module));
    return schema;
  }

  private static JsonObject rule(JsonObject condition, JsonObject consequence) {
    JsonObject rule = new JsonObject();
    rule.add("if", condition);
    rule.add("then", consequence);
    return rule;
  }

  private static JsonObject typeIs(String name) {
    JsonObject type = new JsonObject();
    type.addProperty("const", name);
    JsonObject properties = new JsonObject();
    properties.add("type", type);
    JsonObject condition = JsonSchema.typed("object");
    condition.add("properties", properties);
    condition.add("required", JsonSchema.strings(List.of("type")));
    return condition;
  }

  private static JsonObject typeIsAbsent() {
    JsonObject type = new JsonObject();
    type.add("required", JsonSchema.strings(List.of("type")));
    JsonObject condition = JsonSchema.typed("object");
    condition.add("not", type);
    return condition;
  }
}
