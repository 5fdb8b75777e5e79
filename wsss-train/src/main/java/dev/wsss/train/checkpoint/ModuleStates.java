package dev.wsss.train.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What modules keep from step to step, as JSON: the module's key in the configuration, name, then
 * the float32 values in Base64, low byte first. So every bit comes back, NaN included, and equal
 * states are equal text.
 */
final class ModuleStates {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final TypeToken<Map<String, Map<String, String>>> TYPE = new TypeToken<>() {};

  private ModuleStates() {}

  static String toJson(Map<String, Map<String, float[]>> states) {
    Map<String, Map<String, String>> text = new TreeMap<>();
    states.forEach(
        (key, state) -> {
          Map<String, String> own = new TreeMap<>();
          state.forEach((name, values) -> own.put(name, encode(values)));
          text.put(key, own);
        });
    return GSON.toJson(text) + "\n";
  }

  /**
   * @throws com.google.gson.JsonParseException if the text is no such JSON
   * @throws IOException if values are not Base64 of whole numbers
   */
  static Map<String, Map<String, float[]>> parse(String json) throws IOException {
    Map<String, Map<String, float[]>> states = new HashMap<>();
    for (var module : GSON.fromJson(json, TYPE).entrySet()) {
      Map<String, float[]> state = new HashMap<>();
      for (var values : module.getValue().entrySet()) {
        state.put(values.getKey(), decode(module.getKey(), values.getKey(), values.getValue()));
      }
      states.put(module.getKey(), state);
    }
    return states;
  }

  private static String encode(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putInt(Float.floatToRawIntBits(value));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] decode(String key, String name, String text) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length % Float.BYTES != 0) {
        throw new IllegalArgumentException(bytes.length + " bytes are no whole float32 values");
      }
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + name + "' of " + key + " cannot be read: " + e.getMessage(), e);
    }
  }
}
