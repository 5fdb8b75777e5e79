package dev.wsss.eval.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import dev.wsss.api.data.IndexMask;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolygonFillTest {

  private static Region fill(int width, int height, String polygons) throws IOException {
    NumberBytes packed = new NumberBytes();
    new SegmentationReader().read(new JsonReader(new StringReader(polygons)), packed);
    return new PackedRegion(0, 0, false, packed.handOver()).fill(width, height);
  }

  /** Rows of the picture, # where it is inside. */
  private static String rows(Region region) {
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < region.height(); y++) {
      rows.append(".".repeat(region.width())).append('\n');
    }
    region.forEach(
        at ->
            rows.setCharAt(at / region.width() * (region.width() + 1) + at % region.width(), '#'));
    return rows.toString();
  }

  /** Corners lie between pixels: from 1 to 4 are the three pixels 1, 2 and 3. */
  @Test
  void aRectangleHasThePixelsBetweenItsCorners() throws IOException {
    assertThat(rows(fill(5, 4, "[[1,1,4,1,4,3,1,3]]")))
        .isEqualTo(
            """
            .....
            .###.
            .###.
            .....
            """);
  }

  /** Column x is inside below row x + 0.5 − 0.5: the diagonal's own pixels belong to it. */
  @Test
  void aTriangleHasThePixelsWhoseMiddleItHolds() throws IOException {
    assertThat(rows(fill(4, 4, "[[0,0,4,4,0,4]]")))
        .isEqualTo(
            """
            #...
            ##..
            ###.
            ####
            """);
  }

  @Test
  void polygonsOfOneObjectAreJoinedAlsoWhereTheyOverlap() throws IOException {
    assertThat(rows(fill(6, 3, "[[0,0,3,0,3,2,0,2],[2,1,5,1,5,3,2,3]]")))
        .isEqualTo(
            """
            ###...
            #####.
            ..###.
            """);
  }

  /** Four bars walked in one line: the middle is crossed twice. */
  @Test
  void whatOnePolygonGoesRoundTwiceIsOutside() throws IOException {
    assertThat(rows(fill(3, 3, "[[0,0,3,0,3,3,0,3,0,0,1,1,1,2,2,2,2,1,1,1]]")))
        .isEqualTo(
            """
            ###
            #.#
            ###
            """);
  }

  @Test
  void whatLiesOutsideThePictureIsCutOff() throws IOException {
    assertThat(fill(3, 2, "[[-5,-5,9,-5,9,9,-5,9]]").area()).isEqualTo(6);
    assertThat(fill(3, 2, "[[3,0,5,0,5,2,3,2]]").area()).isZero();
    assertThat(fill(3, 2, "[[1,1,1,1,1,1]]").area()).isZero();
  }

  /**
   * Sixty sets of polygons, partly outside, crossing themselves, with repeated corners and with
   * corners where rounding decides, filled by pycocotools 2.0.11: {@code
   * merge(frPyObjects(polygons, h, w))}.
   */
  @Test
  void everyPixelIsThatOfPycocotools() throws IOException {
    JsonArray cases;
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                PolygonFillTest.class.getResourceAsStream("polygons-of-pycocotools.json")),
            StandardCharsets.UTF_8)) {
      cases = JsonParser.parseReader(in).getAsJsonArray();
    }
    assertThat(cases).hasSize(60);
    for (JsonElement each : cases) {
      JsonObject filled = each.getAsJsonObject();
      JsonArray size = filled.getAsJsonArray("size");
      Region region =
          fill(size.get(1).getAsInt(), size.get(0).getAsInt(), filled.get("polygons").toString());
      assertThat(RunLengths.packed(region.runs()))
          .as(filled.toString())
          .isEqualTo(filled.get("counts").getAsString());
    }
  }

  /** Our own outlines run along the edges of pixels, so that nothing is lost on the way back. */
  @Test
  void outlinesOfARegionWithoutHolesGiveItBack() throws IOException {
    byte[] indices = {
      0, 1, 1, 0, 0, //
      1, 1, 1, 1, 0, //
      0, 1, 0, 1, 1, //
      0, 1, 0, 0, 1
    };
    IndexMask mask = new IndexMask(5, 4, indices);
    Outlines.Outline outline = Outlines.of(mask, 1).get(0);
    assertThat(fill(5, 4, "[" + outline.corners() + "]").runs()).isEqualTo(RunLengths.of(mask, 1));
  }
}
