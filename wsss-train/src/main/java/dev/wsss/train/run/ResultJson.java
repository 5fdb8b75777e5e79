package dev.wsss.train.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's result as JSON that every reader takes: a number that does not exist is {@code null}, and
 * values by class stand under the names of their classes.
 */
final class ResultJson {
  private ResultJson() {}

  static JsonObject of(RunResult result, ClassNames classes) {
    JsonObject masks = new JsonObject();
    masks.add("threshold", number(result.masks().value()));
    masks.addProperty("mode", result.masks().mode());
    JsonObject labels = new JsonObject();
    labels.add("thresholds", perClass(result.labels().byClass(), classes));
    labels.addProperty("mode", result.labels().mode());
    JsonObject scores = new JsonObject();
    result.scores().forEach((metric, list) -> scores.add(metric, array(list, classes)));
    JsonObject json = new JsonObject();
    json.addProperty("split", result.split());
    json.add("masks", masks);
    json.add("labels", labels);
    json.addProperty("pictureSide", result.pictureSide());
    json.add("scores", scores);
    json.addProperty("badImages", result.badImages());
    json.addProperty("badPictures", result.badPictures());
    json.add("seconds", number(result.seconds()));
    json.add(
        "failure",
        result.failure().<JsonElement>map(ResultJson::failure).orElse(JsonNull.INSTANCE));
    return json;
  }

  private static JsonObject failure(LearningFailure failure) {
    JsonObject json = new JsonObject();
    json.add("signs", texts(failure.signs()));
    json.add("changes", texts(failure.changes()));
    return json;
  }

  private static Optional<LearningFailure> failure(JsonElement element) {
    if (element.isJsonNull()) {
      return Optional.empty();
    }
    JsonObject json = element.getAsJsonObject();
    return Optional.of(
        new LearningFailure(texts(member(json, "signs")), texts(member(json, "changes"))));
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  private static JsonArray array(List<Score> scores, ClassNames classes) {
    JsonArray array = new JsonArray();
    for (Score score : scores) {
      JsonObject json = new JsonObject();
      json.addProperty("name", score.name());
      json.addProperty("mode", score.mode());
      json.add("threshold", number(score.threshold()));
      json.add("value", number(score.value()));
      json.add("perClass", perClass(score.perClass(), classes));
      array.add(json);
    }
    return array;
  }

  /** An array where a metric's values are not one for each class. */
  private static JsonElement perClass(List<Double> values, ClassNames classes) {
    List<String> names =
        values.size() == classes.count() || values.size() == classes.count() + 1
            ? classes.ofNumbers(values.size())
            : List.of();
    if (new HashSet<>(names).size() != values.size()) {
      JsonArray array = new JsonArray();
      values.forEach(value -> array.add(number(value)));
      return array;
    }
    JsonObject json = new JsonObject();
    for (int i = 0; i < names.size(); i++) {
      json.add(names.get(i), number(values.get(i)));
    }
    return json;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /**
   * Reads what {@link #of} made.
   *
   * @throws JsonParseException if something is missing
   */
  static RunResult read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    JsonObject masks = member(json, "masks").getAsJsonObject();
    JsonObject labels = member(json, "labels").getAsJsonObject();
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    member(json, "scores")
        .getAsJsonObject()
        .asMap()
        .forEach((metric, list) -> scores.put(metric, scores(list.getAsJsonArray())));
    return new RunResult(
        member(json, "split").getAsString(),
        scores,
        new MaskThreshold(number(member(masks, "threshold")), member(masks, "mode").getAsString()),
        new LabelThresholds(
            values(member(labels, "thresholds")), member(labels, "mode").getAsString()),
        member(json, "pictureSide").getAsInt(),
        member(json, "badImages").getAsInt(),
        member(json, "badPictures").getAsInt(),
        number(member(json, "seconds")),
        failure(member(json, "failure")));
  }

  private static List<Score> scores(JsonArray array) {
    List<Score> scores = new ArrayList<>();
    for (JsonElement element : array) {
      JsonObject json = element.getAsJsonObject();
      scores.add(
          new Score(
              member(json, "name").getAsString(),
              member(json, "mode").getAsString(),
              number(member(json, "threshold")),
              number(member(json, "value")),
              values(member(json, "perClass"))));
    }
    return scores;
  }

  private static List<Double> values(JsonElement perClass) {
    List<JsonElement> values =
        perClass.isJsonObject()
            ? List.copyOf(perClass.getAsJsonObject().asMap().values())
            : perClass.getAsJsonArray().asList();
    return values.stream().map(ResultJson::number).toList();
  }

  private static double number(JsonElement element) {
    return element.isJsonNull() ? Double.NaN : element.getAsDouble();
  }

  private static JsonElement member(JsonObject json, String name) {
    JsonElement member = json.get(name);
    if (member == null) {
      throw new JsonParseException("it lacks '" + name + "'");
    }
    return member;
  }
}
