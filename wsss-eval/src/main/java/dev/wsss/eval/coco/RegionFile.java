package dev.wsss.eval.coco;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wsss.api.data.BadImageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regions of one picture in a JSON file: a list of annotations, or an object whose {@code
 * annotations} they are. Each has a {@code segmentation} with {@code size} (height, width) and
 * {@code counts}, COCO's run lengths as a list or packed into a string, as Segment Anything writes
 * them. Whatever else is in an annotation is not read.
 */
public record RegionFile(Path path) {
  private static final String ALLOWED =
      "allowed is {\"size\": [height, width], \"counts\": run lengths as a list or a string}";

  /**
   * Reads the regions in the order of the file.
   *
   * @throws BadImageException if the file is missing or no such JSON, or a region has another size
   *     or damaged run lengths
   */
  public List<Region> read(int width, int height) throws BadImageException {
    List<JsonElement> annotations = annotations();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < annotations.size(); i++) {
      JsonElement annotation = annotations.get(i);
      JsonElement segmentation =
          annotation instanceof JsonObject object ? object.get("segmentation") : null;
      if (!(segmentation instanceof JsonObject encoded)) {
        throw bad(i, "has %s as segmentation; %s".formatted(kind(segmentation), ALLOWED));
      }
      requireSize(i, encoded.get("size"), width, height);
      try {
        regions.add(new Region(width, height, runs(i, encoded.get("counts"))));
      } catch (IllegalArgumentException e) {
        throw bad(i, "has damaged run lengths: " + e.getMessage());
      }
    }
    return regions;
  }

  private List<JsonElement> annotations() throws BadImageException {
    JsonElement root;
    try (Reader in = Files.newBufferedReader(path)) {
      root = JsonParser.parseReader(in);
    } catch (JsonParseException e) {
      throw new BadImageException(path + ": no JSON (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new BadImageException(path + ": cannot be read (" + e + ")", e);
    }
    JsonElement list = root instanceof JsonObject object ? object.get("annotations") : root;
    if (list == null || !list.isJsonArray()) {
      throw new BadImageException(
          path + ": no list of annotations, nor an object with one by the name annotations");
    }
    return list.getAsJsonArray().asList();
  }

  private void requireSize(int region, @Nullable JsonElement size, int width, int height)
      throws BadImageException {
    if (size == null || !size.isJsonArray() || size.getAsJsonArray().size() != 2) {
      throw bad(region, "has %s as size; %s".formatted(kind(size), ALLOWED));
    }
    int tall = whole(region, size.getAsJsonArray().get(0));
    int wide = whole(region, size.getAsJsonArray().get(1));
    if (wide != width || tall != height) {
      throw bad(
          region,
          "is for a picture of %d×%d (size is height, width); the picture is %d×%d"
              .formatted(wide, tall, width, height));
    }
  }

  private int[] runs(int region, @Nullable JsonElement counts) throws BadImageException {
    if (counts instanceof JsonPrimitive packed && packed.isString()) {
      return RunLengths.unpacked(packed.getAsString());
    }
    if (counts == null || !counts.isJsonArray()) {
      throw bad(region, "has %s as counts; %s".formatted(kind(counts), ALLOWED));
    }
    List<JsonElement> list = counts.getAsJsonArray().asList();
    int[] runs = new int[list.size()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = whole(region, list.get(i));
    }
    return runs;
  }

  private int whole(int region, JsonElement number) throws BadImageException {
    try {
      return Integer.parseInt(number.toString());
    } catch (NumberFormatException e) {
      throw bad(region, "holds %s where a whole number belongs; %s".formatted(number, ALLOWED));
    }
  }

  private static String kind(@Nullable JsonElement found) {
    if (found == null || found.isJsonNull()) {
      return "nothing";
    }
    return found.isJsonArray() ? "a list" : found.isJsonObject() ? "an object" : found.toString();
  }

  private BadImageException bad(int region, String what) {
    return new BadImageException("%s: region %d %s".formatted(path, region + 1, what));
  }
}
