package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
  private final JsonObject schema =
      JsonParser.parseString(JsonSchema.of(Sample.Run.class, Sample.catalog())).getAsJsonObject();

  @Test
  void theRootTakesItsKeysAndABaseAndNothingElse() {
    assertThat(schema.get("$schema").getAsString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.get("additionalProperties").getAsBoolean()).isFalse();
    assertThat(properties(schema).keySet())
        .containsExactly(
            "base",
            "data",
            "self-supervision",
            "teacher",
            "optimiser",
            "scales",
            "note",
            "teachers",
            "axes");
    assertThat(schema.has("required")).isFalse();
  }

  @Test
  void aKeyHasTypeRangeDefaultAndText() {
    JsonObject optimiser = property(schema, "optimiser");

    assertThat(property(optimiser, "rate"))
        .isEqualTo(
            json(
                """
                {"type": ["number", "null"], "minimum": 0, "default": 0.01,
                 "description": "Learning rate. From: paper."}"""));
    assertThat(property(optimiser, "momentum"))
        .isEqualTo(
            json(
                """
                {"type": ["number", "null"], "minimum": 0, "maximum": 0.9999, "default": 0.9,
                 "description": "Momentum."}"""));
    assertThat(property(optimiser, "warm-up-steps"))
        .isEqualTo(
            json(
                """
                {"type": ["integer", "null"], "minimum": 0, "default": 0,
                 "description": "Warm-up. Unit: steps."}"""));
    assertThat(property(optimiser, "schedule"))
        .isEqualTo(
            json(
                """
                {"enum": ["poly", "half-cosine", "constant", null], "default": "poly",
                 "description": "How the rate falls."}"""));
    assertThat(property(optimiser, "bias-decay"))
        .isEqualTo(
            json(
                """
                {"type": ["boolean", "null"], "default": false,
                 "description": "Decay of biases."}"""));
    assertThat(property(schema, "scales"))
        .isEqualTo(
            json(
                """
                {"type": ["array", "null"], "default": [0.5, 1.0], "description": "Scales.",
                 "items": {"type": "number", "minimum": 0.1, "maximum": 4}}"""));
    assertThat(optimiser.get("additionalProperties").getAsBoolean()).isFalse();
  }

  @Test
  void theTypeOfAModuleDecidesItsKeys() {
    JsonObject data = property(schema, "data");

    assertThat(property(data, "type")).isEqualTo(json("{\"enum\": [\"folder\", \"synthetic\"]}"));
    JsonArray rules = data.getAsJsonArray("allOf");
    assertThat(rules.get(0))
        .isEqualTo(
            json(
                """
                {"if": {"type": "object", "required": ["type"],
                        "properties": {"type": {"const": "folder"}}},
                 "then": {"$ref": "#/$defs/SegmentationDataset.folder"}}"""));
    assertThat(rules.get(2))
        .isEqualTo(
            json(
                """
                {"if": {"type": "object", "not": {"required": ["type"]}},
                 "then": {"anyOf": [{"$ref": "#/$defs/SegmentationDataset.folder"},
                                    {"$ref": "#/$defs/SegmentationDataset.synthetic"}]}}"""));
    assertThat(rules.get(3))
        .isEqualTo(
            json(
                """
                {"if": {"type": "string"}, "then": {"enum": ["folder", "synthetic"]}}"""));
    JsonObject folder =
        schema.getAsJsonObject("$defs").getAsJsonObject("SegmentationDataset.folder");
    assertThat(properties(folder).keySet()).containsExactly("type", "root", "share");
    assertThat(folder.get("additionalProperties").getAsBoolean()).isFalse();
  }

  @Test
  void withoutATypeTheDefaultOrTheSlotsNameDecides() {
    JsonArray teacher = property(schema, "teacher").getAsJsonArray("allOf");
    assertThat(teacher.get(2).getAsJsonObject().get("then"))
        .isEqualTo(json("{\"$ref\": \"#/$defs/TeacherUpdate.ema\"}"));

    JsonObject slot = property(property(schema, "self-supervision"), "mam");
    String reference =
        slot.getAsJsonArray("allOf")
            .get(2)
            .getAsJsonObject()
            .getAsJsonObject("then")
            .get("$ref")
            .getAsString();
    JsonObject mam =
        schema.getAsJsonObject("$defs").getAsJsonObject(reference.substring("#/$defs/".length()));
    assertThat(properties(mam).keySet()).containsExactly("type", "scale", "weight");
  }

  @Test
  void everyReferenceResolves() {
    List<String> references = new ArrayList<>();
    collect(schema, references);

    assertThat(references).isNotEmpty();
    assertThat(schema.getAsJsonObject("$defs").keySet())
        .containsAll(references.stream().map(r -> r.substring("#/$defs/".length())).toList());
  }

  private static void collect(JsonElement element, List<String> references) {
    if (element instanceof JsonArray array) {
      array.forEach(item -> collect(item, references));
    } else if (element instanceof JsonObject object) {
      if (object.has("$ref")) {
        references.add(object.get("$ref").getAsString());
      }
      object.asMap().values().forEach(value -> collect(value, references));
    }
  }

  private static JsonObject properties(JsonObject schema) {
    return schema.getAsJsonObject("properties");
  }

  private static JsonObject property(JsonObject schema, String name) {
    return properties(schema).getAsJsonObject(name);
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text);
  }
}
