package dev.wsss.train.config.binding;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.plugin.PluginCatalog;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Describes configuration files to editors, as a JSON schema (draft 2020-12).
 *
 * <p>Nothing is required, because a {@code base} may bring it, and every key may be {@code null},
 * which removes it. The binder stays the judge of whole configurations.
 */
public final class JsonSchema {
  private final ModuleSchemas modules;

  private JsonSchema(PluginCatalog catalog) {
    this.modules = new ModuleSchemas(catalog, this);
  }

  /** The schema of files that are bound to {@code root}, with every module of the catalogue. */
  public static String of(Class<? extends Record> root, PluginCatalog catalog) {
    JsonSchema schemas = new JsonSchema(catalog);
    JsonObject schema = new JsonObject();
    schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.addProperty("title", root.getSimpleName());
    JsonObject base = typed("string");
    base.addProperty("description", "File beside this one or on the class path, laid under it.");
    JsonObject properties = new JsonObject();
    properties.add("base", base);
    schemas.properties(Key.of(root)).asMap().forEach(properties::add);
    closed(properties).asMap().forEach(schema::add);
    schema.add("$defs", schemas.modules.definitions());
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .serializeNulls()
        .create()
        .toJson(schema);
  }

  /** The keys that stand in the record's own mapping. */
  JsonObject properties(List<Key> keys) {
    JsonObject properties = new JsonObject();
    for (Key key : keys) {
      if (!key.inline()) {
        properties.add(key.name(), key(key));
      }
    }
    return properties;
  }

  private JsonObject key(Key key) {
    Constraint constraint = key.constraint();
    Optional<ConfigNode> byDefault =
        constraint.byDefault().flatMap(text -> Defaults.of(key, Origin.DEFAULT));
    String type =
        byDefault
            .filter(Mapping.class::isInstance)
            .flatMap(node -> ((Mapping) node).text("type"))
            .orElse("");
    JsonObject schema = Json.orNull(value(key.shape(), constraint, type));
    String unit = constraint.unit().isEmpty() ? "" : " Unit: " + constraint.unit() + ".";
    String origin = constraint.origin().isEmpty() ? "" : " From: " + constraint.origin() + ".";
    schema.addProperty("description", (constraint.text() + unit + origin).strip());
    byDefault.ifPresent(node -> schema.add("default", Json.of(node)));
    return schema;
  }

  /** The schema of a value; {@code slot} is the module that is meant without a type, or empty. */
  JsonObject value(Shape shape, Constraint constraint, String slot) {
    if (shape instanceof Shape.Maybe maybe) {
      return value(maybe.value(), constraint, slot);
    }
    if (shape instanceof Shape.OneOf oneOf) {
      JsonObject schema = new JsonObject();
      schema.add("enum", strings(oneOf.names()));
      return schema;
    }
    if (shape instanceof Shape.ListOf list) {
      JsonObject schema = typed("array");
      schema.add("items", value(list.element(), constraint, ""));
      return schema;
    }
    if (shape instanceof Shape.MapOf map) {
      return map(map, constraint);
    }
    if (shape instanceof Shape.Module module) {
      return modules.choice(module.spi(), new JsonObject(), "", slot);
    }
    if (shape instanceof Shape.Section section) {
      return section(section.type(), slot);
    }
    return simple((Shape.Simple) shape, constraint);
  }

  private JsonObject section(Class<? extends Record> type, String slot) {
    List<Key> keys = Key.of(type);
    JsonObject own = properties(keys);
    return Key.inlineOf(keys)
        .flatMap(inline -> Modules.spiOf(inline.shape()))
        .map(spi -> modules.choice(spi, own, type.getName(), slot))
        .orElseGet(() -> closed(own));
  }

  private JsonObject map(Shape.MapOf map, Constraint constraint) {
    JsonObject schema = typed("object");
    JsonObject slots = new JsonObject();
    Modules.spiOf(map.value())
        .ifPresent(
            spi ->
                modules
                    .names(spi)
                    .forEach(
                        name ->
                            slots.add(name, Json.orNull(value(map.value(), constraint, name)))));
    if (!slots.isEmpty()) {
      schema.add("properties", slots);
    }
    schema.add("additionalProperties", Json.orNull(value(map.value(), constraint, "")));
    return schema;
  }

  private static JsonObject simple(Shape.Simple shape, Constraint constraint) {
    JsonObject schema =
        switch (shape) {
          case FLAG -> typed("boolean");
          case INT, LONG -> typed("integer");
          case FLOAT, DOUBLE -> typed("number");
          case TEXT -> typed("string", "number", "boolean");
          case PATH -> typed("string");
          case TREE -> typed("object");
        };
    if (shape.isNumber() && constraint.min() != Double.NEGATIVE_INFINITY) {
      schema.addProperty("minimum", new BigDecimal(Constraint.number(constraint.min())));
    }
    if (shape.isNumber() && constraint.max() != Double.POSITIVE_INFINITY) {
      schema.addProperty("maximum", new BigDecimal(Constraint.number(constraint.max())));
    }
    return schema;
  }

  /** An object with these keys and no others. */
  static JsonObject closed(JsonObject properties) {
    JsonObject schema = typed("object");
    schema.add("properties", properties);
    schema.addProperty("additionalProperties", false);
    return schema;
  }

  static JsonObject typed(String... types) {
    JsonObject schema = new JsonObject();
    schema.add("type", types.length == 1 ? new JsonPrimitive(types[0]) : strings(List.of(types)));
    return schema;
  }

  static JsonArray strings(List<String> strings) {
    JsonArray array = new JsonArray();
    strings.forEach(array::add);
    return array;
  }
}
