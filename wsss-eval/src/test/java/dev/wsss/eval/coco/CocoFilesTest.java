package dev.wsss.eval.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import java.awt.Polygon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CocoFilesTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("a", "say \"b\""));

  @TempDir private Path temp;

  /** The second is the example in the documentation of pycocotools. */
  @Test
  void packsRunsAsCocosToolsDo() {
    assertThat(RunLengths.packed(new int[] {0, 4})).isEqualTo("04");
    assertThat(RunLengths.packed(new int[] {6, 1, 40, 4, 5, 4, 5, 4, 21}))
        .isEqualTo("61X13mN000`0");
  }

  @Test
  void runsGoDownTheColumns() {
    IndexMask mask = new IndexMask(3, 2, new byte[] {1, 0, 0, 1, 1, 0});
    assertThat(RunLengths.of(mask, 1)).containsExactly(0, 2, 1, 1, 2);
    assertThat(RunLengths.of(mask, 0)).containsExactly(2, 1, 1, 2);
    assertThat(RunLengths.of(mask, 7)).containsExactly(6);
  }

  @Test
  void bothFilesGiveTheMasksBack() throws IOException {
    List<CocoFiles.Picture> pictures = new ArrayList<>();
    List<IndexMask> masks = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      IndexMask mask = blobs(20 + i, 33 - i, random, i);
      Path file = temp.resolve(i + ".png");
      new MaskFile(file).write(mask);
      masks.add(mask);
      pictures.add(new CocoFiles.Picture("p/" + i + ".jpg", file));
    }

    CocoFiles.write(temp, CLASSES, pictures);

    JsonObject exact = read("coco-rle.json");
    JsonArray categories = exact.getAsJsonArray("categories");
    assertThat(categories.get(1).getAsJsonObject().get("name").getAsString())
        .isEqualTo("say \"b\"");
    for (int i = 0; i < masks.size(); i++) {
      JsonObject image = exact.getAsJsonArray("images").get(i).getAsJsonObject();
      assertThat(image.get("file_name").getAsString()).isEqualTo("p/" + i + ".jpg");
      byte[] decoded = new byte[masks.get(i).indices().length];
      for (JsonObject annotation : annotations(exact, image.get("id").getAsInt())) {
        int category = annotation.get("category_id").getAsInt();
        paintRuns(annotation, category, masks.get(i), decoded);
      }
      assertThat(decoded).isEqualTo(without255(masks.get(i)));
      byte[] painted = new byte[decoded.length];
      for (JsonObject annotation :
          annotations(read("coco-polygons.json"), image.get("id").getAsInt())) {
        paintPolygon(annotation, masks.get(i), painted);
      }
      // A hole that is filled may hide another class, so only pixels outside all holes compare.
      for (int p = 0; p < painted.length; p++) {
        if (decoded[p] != 0) {
          assertThat(painted[p] & 1 << decoded[p]).isNotZero();
        }
      }
    }
  }

  @Test
  void regionsThatTouchAtACornerAreTwoAndHolesAreFilled() {
    IndexMask corner = new IndexMask(2, 2, new byte[] {1, 0, 0, 1});
    assertThat(Outlines.of(corner, 1))
        .containsExactly(
            new Outlines.Outline(List.of(1, 0, 1, 1, 0, 1, 0, 0), 1),
            new Outlines.Outline(List.of(2, 1, 2, 2, 1, 2, 1, 1), 1));
    byte[] ring = {1, 1, 1, 1, 0, 1, 1, 1, 1};
    assertThat(Outlines.of(new IndexMask(3, 3, ring), 1))
        .containsExactly(new Outlines.Outline(List.of(3, 0, 3, 3, 0, 3, 0, 0), 9));
    assertThat(Outlines.of(new IndexMask(3, 3, ring), 0))
        .containsExactly(new Outlines.Outline(List.of(2, 1, 2, 2, 1, 2, 1, 1), 1));
  }

  private static IndexMask blobs(int width, int height, Random random, int kind) {
    byte[] indices = new byte[width * height];
    for (int i = 0; i < indices.length; i++) {
      int x = i % width;
      int y = i / width;
      double value = Math.sin(x / 3.0 + kind) + Math.cos(y / 4.0 - kind) + random.nextDouble();
      indices[i] = (byte) (value > 1.6 ? 2 : value > 0.7 ? 1 : value < -1.4 ? 255 : 0);
    }
    return new IndexMask(width, height, indices);
  }

  private static byte[] without255(IndexMask mask) {
    byte[] indices = mask.indices().clone();
    for (int i = 0; i < indices.length; i++) {
      indices[i] = indices[i] == (byte) 255 ? 0 : indices[i];
    }
    return indices;
  }

  private JsonObject read(String name) throws IOException {
    return JsonParser.parseString(Files.readString(temp.resolve(name))).getAsJsonObject();
  }

  private static List<JsonObject> annotations(JsonObject file, int picture) {
    List<JsonObject> own = new ArrayList<>();
    for (JsonElement annotation : file.getAsJsonArray("annotations")) {
      if (annotation.getAsJsonObject().get("image_id").getAsInt() == picture) {
        own.add(annotation.getAsJsonObject());
      }
    }
    return own;
  }

  /** As rleFrString and rleDecode of COCO's maskApi.c. */
  private static void paintRuns(JsonObject annotation, int category, IndexMask mask, byte[] into) {
    String counts = annotation.getAsJsonObject("segmentation").get("counts").getAsString();
    List<Integer> runs = new ArrayList<>();
    int at = 0;
    while (at < counts.length()) {
      int value = 0;
      int group = 0;
      boolean more = true;
      while (more) {
        int c = counts.charAt(at++) - 48;
        value |= (c & 0x1f) << 5 * group++;
        more = (c & 0x20) != 0;
        if (!more && (c & 0x10) != 0) {
          value |= -1 << 5 * group;
        }
      }
      runs.add(runs.size() > 2 ? value + runs.get(runs.size() - 2) : value);
    }
    int pixel = 0;
    long area = 0;
    for (int i = 0; i < runs.size(); i++) {
      for (int n = 0; n < runs.get(i); n++, pixel++) {
        if (i % 2 == 1) {
          int x = pixel / mask.height();
          int y = pixel % mask.height();
          into[y * mask.width() + x] = (byte) category;
          area++;
        }
      }
    }
    assertThat(pixel).isEqualTo(into.length);
    assertThat(annotation.get("area").getAsLong()).isEqualTo(area);
  }

  /** Sets the bit of the category in every pixel whose centre lies within. */
  private static void paintPolygon(JsonObject annotation, IndexMask mask, byte[] into) {
    JsonArray corners = annotation.getAsJsonArray("segmentation").get(0).getAsJsonArray();
    Polygon polygon = new Polygon();
    for (int i = 0; i < corners.size(); i += 2) {
      polygon.addPoint(2 * corners.get(i).getAsInt(), 2 * corners.get(i + 1).getAsInt());
    }
    int area = 0;
    for (int p = 0; p < into.length; p++) {
      if (polygon.contains(2 * (p % mask.width()) + 1, 2 * (p / mask.width()) + 1)) {
        into[p] |= (byte) (1 << annotation.get("category_id").getAsInt());
        area++;
      }
    }
    assertThat(annotation.get("area").getAsInt()).isEqualTo(area);
  }
}
