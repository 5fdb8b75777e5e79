package dev.wsss.train.config.fromdata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Lets the keys that the rules derive, and no others, hold {@value FromData#WORD} in the JSON
 * schema that editors check configurations with.
 */
public final class FromDataSchema {
  /** What says something of a key, whatever its value is. */
  private static final List<String> ABOUT = List.of("description", "default");

  private final JsonObject root;

  private FromDataSchema(JsonObject root) {
    this.root = root;
  }

  /**
   * Changes the schema of a run's configuration in place.
   *
   * @param schema draft 2020-12, with its definitions under {@code $defs}
   */
  public static void allowIn(JsonObject schema) {
    FromDataSchema own = new FromDataSchema(schema);
    for (Rule rule : Rule.values()) {
      own.at(rule.key()).forEach(FromDataSchema::allowWord);
    }
  }

  /** The schemas of a dotted key; several where modules differ. */
  private List<JsonObject> at(String key) {
    List<JsonObject> found = List.of(root);
    for (String name : key.split("\\.", -1)) {
      List<JsonObject> below = new ArrayList<>();
      Set<JsonObject> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      found.forEach(schema -> collect(schema, name, below, seen));
      found = below;
    }
    return found;
  }

  /** Looks through whatever the schema is made of. */
  private void collect(
      JsonElement element, String name, List<JsonObject> found, Set<JsonObject> seen) {
    if (element instanceof JsonArray several) {
      several.forEach(one -> collect(one, name, found, seen));
    }
    if (!(element instanceof JsonObject schema) || !seen.add(schema)) {
      return;
    }
    if (schema.get("properties") instanceof JsonObject properties
        && properties.get(name) instanceof JsonObject property
        && seen.add(property)) {
      found.add(property);
    }
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").getAsString();
      String definition = reference.substring("#/$defs/".length());
      collect(root.getAsJsonObject("$defs").get(definition), name, found, seen);
    }
    for (String part : List.of("allOf", "anyOf", "then")) {
      if (schema.has(part)) {
        collect(schema.get(part), name, found, seen);
      }
    }
  }

  private static void allowWord(JsonObject property) {
    JsonObject value = new JsonObject();
    for (String keyword : List.copyOf(property.keySet())) {
      if (!ABOUT.contains(keyword)) {
        value.add(keyword, property.remove(keyword));
      }
    }
    JsonObject word = new JsonObject();
    word.addProperty("const", FromData.WORD);
    JsonArray either = new JsonArray();
    either.add(value);
    either.add(word);
    property.add("anyOf", either);
  }
}
