package dev.wsss.eval.coco;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.wsss.api.data.DataException;
import dev.wsss.eval.coco.Instances.Category;
import dev.wsss.eval.coco.Instances.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads one {@link InstanceFile}. */
final class InstanceReader {
  private static final String WHOLE = "a whole number";
  private static final String LIST = "a list";
  private static final String OBJECT = "an object";

  private final Path file;
  private final JsonReader in;
  private final Fields fields;
  private final Consumer<String> problem;
  private final SegmentationReader segmentations = new SegmentationReader();
  private final NumberBytes segmentation = new NumberBytes();

  /** By id, also where only annotations name it so far. */
  private final Map<Long, Draft> drafts = new HashMap<>();

  private final List<Draft> pictures = new ArrayList<>();
  private final Map<Long, Category> categories = new HashMap<>();

  /** By the id of a category, the first annotation that names it. */
  private final Map<Long, Integer> used = new LinkedHashMap<>();

  InstanceReader(Path file, JsonReader in, Consumer<String> problem) {
    this.file = file;
    this.in = in;
    this.problem = problem;
    fields = new Fields(file, in);
  }

  /** A picture of which not everything is known yet. */
  private static final class Draft {
    /** In the list of pictures; −1 until it was there. */
    int place = -1;

    /** In the list of annotations. */
    int firstAnnotation = -1;

    String name = "";
    int width;
    int height;
    final NumberBytes regions = new NumberBytes();

    Picture finished() {
      return new Picture(place, name, width, height, regions.handOver());
    }
  }

  /** Reads one element of a list. */
  private interface Element {
    void read(int place) throws IOException;
  }

  Instances read() throws IOException {
    boolean hasPictures = false;
    boolean hasAnnotations = false;
    boolean hasCategories = false;
    fields.require(JsonToken.BEGIN_OBJECT, OBJECT);
    in.beginObject();
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "images" -> {
          list(this::picture);
          hasPictures = true;
        }
        case "annotations" -> {
          list(this::annotation);
          hasAnnotations = true;
        }
        case "categories" -> {
          list(this::category);
          hasCategories = true;
        }
        default -> in.skipValue();
      }
    }
    in.endObject();
    fields.require(JsonToken.END_DOCUMENT, "its end");
    require(hasPictures, "images");
    require(hasAnnotations, "annotations");
    require(hasCategories, "categories");
    tellUnknown();
    return new Instances(
        file,
        categories.values().stream().sorted(Comparator.comparingLong(Category::id)).toList(),
        pictures.stream().map(Draft::finished).toList());
  }

  private void require(boolean isThere, String name) {
    if (!isThere) {
      throw new DataException(
          "%s: has no list '%s'; expected are images, annotations and categories, as in COCO's instances_train2014.json"
              .formatted(file, name));
    }
  }

  private void list(Element element) throws IOException {
    fields.require(JsonToken.BEGIN_ARRAY, LIST);
    in.beginArray();
    for (int place = 0; in.hasNext(); place++) {
      if (Thread.currentThread().isInterrupted()) { // there may be a million
        throw new CancellationException("stopped while the data set was opened");
      }
      fields.require(JsonToken.BEGIN_OBJECT, OBJECT);
      in.beginObject();
      element.read(place);
      in.endObject();
    }
    in.endArray();
  }

  private void picture(int place) throws IOException {
    Long id = null;
    String name = null;
    int width = 0;
    int height = 0;
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "id" -> id = fields.whole(WHOLE);
        case "file_name" -> name = fields.text();
        case "width" -> width = fields.side();
        case "height" -> height = fields.side();
        default -> in.skipValue();
      }
    }
    if (id == null || name == null || width == 0 || height == 0) {
      String missing =
          id == null ? "id" : name == null ? "file_name" : width == 0 ? "width" : "height";
      problem("images[%d] has no %s".formatted(place, missing));
      return;
    }
    Draft draft = drafts.computeIfAbsent(id, unknown -> new Draft());
    if (draft.place >= 0) {
      problem("images[%d] has the id %d, as images[%d] has".formatted(place, id, draft.place));
      return;
    }
    draft.place = place;
    draft.name = name;
    draft.width = width;
    draft.height = height;
    pictures.add(draft);
  }

  private void category(int place) throws IOException {
    Long id = null;
    String name = null;
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "id" -> id = fields.whole(WHOLE);
        case "name" -> name = fields.text();
        default -> in.skipValue();
      }
    }
    if (id == null || name == null) {
      problem("categories[%d] has no %s".formatted(place, id == null ? "id" : "name"));
    } else if (categories.putIfAbsent(id, new Category(id, name)) != null) {
      problem("categories[%d] has the id %d of another".formatted(place, id));
    }
  }

  private void annotation(int place) throws IOException {
    Long picture = null;
    Long category = null;
    boolean isCrowd = false;
    segmentation.clear();
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "image_id" -> picture = fields.whole(WHOLE);
        case "category_id" -> category = fields.whole(WHOLE);
        case "iscrowd" -> isCrowd = fields.flag();
        case "segmentation" -> {
          segmentation.clear();
          segmentations.read(in, segmentation);
        }
        default -> in.skipValue();
      }
    }
    if (picture == null || category == null) {
      problem(
          "annotations[%d] has no %s"
              .formatted(place, picture == null ? "image_id" : "category_id"));
      return;
    }
    if (segmentation.size() == 0) {
      segmentation.add(SegmentationReader.NONE);
    }
    used.putIfAbsent(category, place);
    Draft draft = drafts.computeIfAbsent(picture, unknown -> new Draft());
    draft.firstAnnotation = draft.firstAnnotation < 0 ? place : draft.firstAnnotation;
    PackedRegion.add(draft.regions, place, category, isCrowd ? 1 : 0, segmentation);
  }

  private void tellUnknown() {
    used.forEach(
        (id, first) -> {
          if (!categories.containsKey(id)) {
            problem(
                "annotations[%d] is of category %d, which is not there; ids of categories are %s"
                    .formatted(first, id, ids()));
          }
        });
    drafts.entrySet().stream()
        .filter(draft -> draft.getValue().place < 0)
        .sorted(Comparator.comparingInt(draft -> draft.getValue().firstAnnotation))
        .forEach(
            draft ->
                problem(
                    "annotations[%d] is of picture %d, which is not in images"
                        .formatted(draft.getValue().firstAnnotation, draft.getKey())));
  }

  private String ids() {
    return categories.keySet().stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private void problem(String what) {
    problem.accept(file + ": " + what);
  }
}
