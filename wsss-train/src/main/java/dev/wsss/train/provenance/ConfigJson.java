package dev.wsss.train.provenance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wsss.api.config.Choice;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A bound configuration as JSON, under the names it has in a configuration file. */
final class ConfigJson {

  private ConfigJson() {}

  static JsonElement of(Object value) {
    if (value instanceof Choice<?> choice) {
      JsonObject object = new JsonObject();
      object.addProperty("type", choice.type());
      of(choice.config()).getAsJsonObject().asMap().forEach(object::add);
      return object;
    }
    if (value instanceof Record record) {
      return ofRecord(record);
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, inner) -> object.add(String.valueOf(key), of(inner)));
      return object;
    }
    if (value instanceof Collection<?> items) {
      JsonArray array = new JsonArray();
      items.forEach(item -> array.add(of(item)));
      return array;
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? of(optional.get()) : JsonNull.INSTANCE;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean bool) {
      return new JsonPrimitive(bool);
    }
    return new JsonPrimitive(
        value instanceof Enum<?> constant ? kebab(constant) : String.valueOf(value));
  }

  private static JsonObject ofRecord(Record record) {
    JsonObject object = new JsonObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().trySetAccessible();
        object.add(kebab(component.getName()), of(component.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return object;
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String kebab(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
