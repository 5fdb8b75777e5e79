package dev.wsss.train.config.binding;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** YAML as JSON. */
final class Json {

  private Json() {}

  static JsonElement of(ConfigNode node) {
    if (node instanceof Mapping mapping) {
      JsonObject object = new JsonObject();
      mapping.entries().forEach((key, entry) -> object.add(key, of(entry.value())));
      return object;
    }
    if (node instanceof Sequence sequence) {
      JsonArray array = new JsonArray();
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    }
    Scalar scalar = (Scalar) node;
    return switch (scalar.kind()) {
      case NULL -> JsonNull.INSTANCE;
      case FLAG -> new JsonPrimitive(scalar.text().toLowerCase(Locale.ROOT).equals("true"));
      case WHOLE, REAL -> number(scalar.text());
      case TEXT -> new JsonPrimitive(scalar.text());
    };
  }

  /** A schema that also allows null. */
  static JsonObject orNull(JsonObject schema) {
    if (schema.get("type") instanceof JsonArray types) {
      types.add("null");
    } else if (schema.get("type") instanceof JsonPrimitive type) {
      schema.add("type", JsonSchema.strings(List.of(type.getAsString(), "null")));
    } else if (schema.get("enum") instanceof JsonArray constants) {
      constants.add(JsonNull.INSTANCE);
    }
    return schema;
  }

  /** JSON has neither hexadecimal nor infinite numbers; those stay text. */
  private static JsonPrimitive number(String text) {
    try {
      return new JsonPrimitive(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return new JsonPrimitive(text);
    }
  }
}
