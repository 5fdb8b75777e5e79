package dev.wsss.eval.coco;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.file.Path;

/** Takes values from JSON whose type is known; another type is an error that names its place. */
record Fields(Path file, JsonReader in) {
  private static final int CHARACTERS = 40;

  /**
   * A whole number.
   *
   * @throws DataException if the next value is none
   */
  long whole(String allowed) throws IOException {
    if (in.peek() != JsonToken.NUMBER) {
      throw wrong(allowed);
    }
    try {
      return in.nextLong();
    } catch (NumberFormatException e) {
      throw wrong(place(), in.nextString(), allowed);
    }
  }

  /**
   * A length of a picture's side.
   *
   * @throws DataException if the next value is none
   */
  int side() throws IOException {
    String allowed = "a number of pixels from 1";
    String place = place();
    long side = whole(allowed);
    if (side < 1 || side > Integer.MAX_VALUE) {
      throw wrong(place, String.valueOf(side), allowed);
    }
    return (int) side;
  }

  /**
   * Whether a flag is set, as COCO writes it.
   *
   * @throws DataException if the next value is neither 0 nor 1
   */
  boolean flag() throws IOException {
    if (in.peek() == JsonToken.BOOLEAN) {
      return in.nextBoolean();
    }
    String place = place();
    long flag = whole("0 or 1");
    if (flag != 0 && flag != 1) {
      throw wrong(place, String.valueOf(flag), "0 or 1");
    }
    return flag == 1;
  }

  /**
   * A text.
   *
   * @throws DataException if the next value is none
   */
  String text() throws IOException {
    if (in.peek() != JsonToken.STRING) {
      throw wrong("a text");
    }
    return in.nextString();
  }

  /**
   * Requires that a list or an object begins.
   *
   * @throws DataException if it does not
   */
  void require(JsonToken token, String allowed) throws IOException {
    if (in.peek() != token) {
      throw wrong(allowed);
    }
  }

  private DataException wrong(String allowed) throws IOException {
    return wrong(place(), taken(in), allowed);
  }

  private DataException wrong(String place, String found, String allowed) {
    return new DataException("%s: %s is %s; allowed is %s".formatted(file, place, found, allowed));
  }

  /** For example {@code annotations[3].image_id}. */
  private String place() {
    String path = in.getPath();
    return path.equals("$") ? "all of it" : path.substring(2);
  }

  /** Takes the next value and says what it is. */
  static String taken(JsonReader in) throws IOException {
    JsonToken kind = in.peek();
    if (kind == JsonToken.STRING || kind == JsonToken.NUMBER) {
      String text = in.nextString();
      String cut = text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
      return kind == JsonToken.STRING ? "'" + cut + "'" : cut;
    }
    if (kind == JsonToken.BOOLEAN) {
      return String.valueOf(in.nextBoolean());
    }
    in.skipValue();
    return switch (kind) {
      case BEGIN_ARRAY -> "a list";
      case BEGIN_OBJECT -> "an object";
      default -> "null";
    };
  }
}
