package dev.wsss.eval.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.coco.Instances.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceFileTest {
  private static final String WHOLE = "[[0,0,3,0,3,2,0,2]]";
  private static final String LEFT = "[[0,0,1,0,1,2,0,2]]";

  @TempDir private Path folder;
  private Path file;
  private final List<String> problems = new ArrayList<>();

  @BeforeEach
  void name() {
    file = folder.resolve("instances_train2014.json");
  }

  /** One picture of 3×2 and categories 1, 3 and 90. */
  private static String json(String... annotations) {
    return """
        {"info": {"year": 2014}, "images": [{"license": 3, "file_name": "a.jpg", "height": 2, "width": 3, "id": 9}],
         "licenses": [{"id": 3}], "annotations": [%s],
         "categories": [{"supercategory": "x", "id": 90, "name": "toothbrush"}, {"id": 1, "name": "person"}, {"id": 3, "name": "car"}]}
        """
        .formatted(String.join(",", annotations));
  }

  private static String annotation(int category, int crowd, String segmentation) {
    return """
        {"segmentation": %s, "area": 1.5, "iscrowd": %d, "image_id": 9, "bbox": [0, 0, 1, 1], "category_id": %d, "id": 77}
        """
        .formatted(segmentation, crowd, category);
  }

  private Instances read(String json) throws IOException {
    Files.writeString(file, json);
    return new InstanceFile(file).read(problems::add);
  }

  private byte[] mask(String... annotations) throws IOException {
    Instances instances = read(json(annotations));
    assertThat(problems).isEmpty();
    return instances
        .mask(instances.pictures().get(0), CrowdMasks.IGNORE)
        .map(IndexMask::indices)
        .orElseThrow();
  }

  private static BitSet bits(int... classes) {
    BitSet bits = new BitSet();
    for (int k : classes) {
      bits.set(k);
    }
    return bits;
  }

  @Test
  void classesAreTheCategoriesByTheirIdsWhichHaveGaps() throws IOException {
    Instances instances = read(json(annotation(90, 0, WHOLE), annotation(1, 0, LEFT)));
    assertThat(instances.categories())
        .containsExactly(
            new Category(1, "person"), new Category(3, "car"), new Category(90, "toothbrush"));
    Instances.Picture picture = instances.pictures().get(0);
    assertThat(picture.name()).isEqualTo("a.jpg");
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    assertThat(instances.labels(picture, CrowdLabels.COUNT)).isEqualTo(bits(0, 2));
  }

  @Test
  void theListsMayStandInAnyOrder() throws IOException {
    Instances instances =
        read(
            """
            {"categories": [{"id": 5, "name": "cat"}],
             "annotations": [{"image_id": 1, "category_id": 5, "id": 1, "segmentation": [[0,0,1,0,1,1,0,1]]}],
             "images": [{"id": 1, "width": 2, "height": 1, "file_name": "a.jpg"}]}
            """);
    assertThat(problems).isEmpty();
    assertThat(instances.mask(instances.pictures().get(0), CrowdMasks.IGNORE))
        .get()
        .extracting(IndexMask::indices)
        .isEqualTo(new byte[] {1, 0});
  }

  @Test
  void theSmallerOneIsOnTopWhateverTheirOrder() throws IOException {
    byte[] expected = {3, 1, 1, 3, 1, 1};
    assertThat(mask(annotation(1, 0, WHOLE), annotation(90, 0, LEFT))).isEqualTo(expected);
    assertThat(mask(annotation(90, 0, LEFT), annotation(1, 0, WHOLE))).isEqualTo(expected);
  }

  @Test
  void ofTwoOfOneSizeTheFirstIsOnTop() throws IOException {
    String upper = "[[0,0,2,0,2,1,0,1]]";
    assertThat(mask(annotation(1, 0, upper), annotation(3, 0, LEFT)))
        .isEqualTo(new byte[] {1, 1, 0, 2, 0, 0});
    assertThat(mask(annotation(3, 0, LEFT), annotation(1, 0, upper)))
        .isEqualTo(new byte[] {2, 1, 0, 2, 0, 0});
  }

  @Test
  void bothFormsOfRunLengthsAreRead() throws IOException {
    byte[] expected = {0, 1, 0, 1, 1, 0};
    String list = "{\"counts\": [1, 3, 2], \"size\": [2, 3]}";
    String packed = "{\"size\": [2, 3], \"counts\": \"132\"}";
    assertThat(mask(annotation(1, 0, list))).isEqualTo(expected);
    assertThat(mask(annotation(1, 0, packed))).isEqualTo(expected);
  }

  @Test
  void crowdsAreNotCountedUnderAllOthersOrAreTheirClass() throws IOException {
    String two = "{\"counts\": [0, 4, 2], \"size\": [2, 3]}";
    Instances instances = read(json(annotation(3, 1, two), annotation(1, 0, WHOLE)));
    Instances.Picture picture = instances.pictures().get(0);
    assertThat(instances.mask(picture, CrowdMasks.IGNORE).orElseThrow().indices())
        .isEqualTo(new byte[] {1, 1, 1, 1, 1, 1});
    assertThat(instances.mask(picture, CrowdMasks.CLASS).orElseThrow().indices())
        .isEqualTo(new byte[] {2, 2, 1, 2, 2, 1});
    assertThat(instances.labels(picture, CrowdLabels.COUNT)).isEqualTo(bits(0, 1));
    assertThat(instances.labels(picture, CrowdLabels.LEAVE_OUT)).isEqualTo(bits(0));
    assertThat(mask(annotation(3, 1, two)))
        .isEqualTo(new byte[] {(byte) 255, (byte) 255, 0, (byte) 255, (byte) 255, 0});
  }

  @Test
  void aPictureWithoutAnnotationsShowsBackgroundAndOneWithBoxesOnlyHasNoMask() throws IOException {
    assertThat(mask()).containsOnly(0);
    Instances boxes = read(json(annotation(1, 0, "[]"), annotation(3, 0, "null")));
    assertThat(boxes.mask(boxes.pictures().get(0), CrowdMasks.IGNORE)).isEmpty();
    assertThat(boxes.labels(boxes.pictures().get(0), CrowdLabels.COUNT)).isEqualTo(bits(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[[0,0,1,0,1]] | has 5 numbers in polygon 1; they are x and y in turn",
        "[[0,0,1,0,1,1],[0,0,1,1]] | has 2 points in polygon 2; it takes 3 or more",
        "[[]] | has 0 points in polygon 1; it takes 3 or more",
        "[[0,0,1,0,1,\"1\"]] | has '1' in polygon 1, where a number belongs",
        "[[0,0,3e9,0,1,1]] | has 3.0E9 in polygon 1, which lies in no picture",
        "[[0,0,400,0,1,1]] | has a corner at (400.0, 0.0), far outside its picture of 3×2",
        "[0,0,1,0,1,1] | has 0 where a polygon belongs; ALLOWED",
        "true | has true as segmentation; ALLOWED",
        "{\"size\":[2,3],\"counts\":[5]} | has damaged run lengths: the runs are of 5 pixels"
            + " together; 3×2 has 6",
        "{\"size\":[2,3],\"counts\":[7,-1]} | has damaged run lengths: a run of -1 pixels",
        "{\"size\":[2,3],\"counts\":\"1p\"} | has damaged run lengths: the counts hold 'p' at place"
            + " 1; allowed are the characters '0' to 'o'",
        "{\"size\":[2,3],\"counts\":[5.5,0.5]} | has 5.5 in its run lengths, where a whole number"
            + " belongs",
        "{\"size\":[3,2],\"counts\":[6]} | has run lengths for 2×3 (size is height, width), but its"
            + " picture is 3×2",
        "{\"size\":[2,3]} | has no counts; ALLOWED",
        "{\"counts\":[6]} | has run lengths without a size; ALLOWED",
        "[] | has no segmentation, though others of its picture have one",
      })
  void aRegionThatCannotBeFilledIsAnErrorOfItsPicturesMask(String segmentation, String message)
      throws IOException {
    Instances instances = read(json(annotation(1, 0, WHOLE), annotation(3, 0, segmentation)));
    assertThat(problems).isEmpty();
    Instances.Picture picture = instances.pictures().get(0);
    assertThat(instances.labels(picture, CrowdLabels.COUNT)).isEqualTo(bits(0, 1));
    assertThatThrownBy(() -> instances.mask(picture, CrowdMasks.IGNORE))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": annotations[1] "
                + message.replace(
                    "ALLOWED",
                    "allowed are polygons, [[x, y, x, y, …], …], and run lengths, {\"size\":"
                        + " [height, width], \"counts\": …}"));
  }

  @Test
  void annotationsOfUnknownPicturesAndCategoriesAreNamed() throws IOException {
    read(
        """
        {"images": [{"id": 1, "width": 2, "height": 1, "file_name": "a.jpg"}],
         "annotations": [{"image_id": 1, "category_id": 2}, {"image_id": 8, "category_id": 5},
           {"image_id": 1, "category_id": 2}, {"image_id": 8, "category_id": 5}],
         "categories": [{"id": 5, "name": "cat"}, {"id": 3, "name": "dog"}]}
        """);
    assertThat(problems)
        .containsExactly(
            file
                + ": annotations[0] is of category 2, which is not there; ids of categories are 3, 5",
            file + ": annotations[1] is of picture 8, which is not in images");
  }

  @Test
  void whatIsMissingOrThereTwiceIsNamed() throws IOException {
    read(
        """
        {"images": [{"width": 2, "height": 1, "file_name": "a.jpg"}, {"id": 1, "width": 2, "height": 1},
           {"id": 1, "width": 2, "file_name": "a.jpg"}, {"id": 1, "height": 2, "file_name": "a.jpg"},
           {"id": 1, "width": 2, "height": 1, "file_name": "a.jpg"}, {"id": 1, "width": 2, "height": 1, "file_name": "b.jpg"}],
         "annotations": [{"category_id": 5}, {"image_id": 1}],
         "categories": [{"id": 5, "name": "cat"}, {"id": 5, "name": "dog"}, {"id": 6}, {"name": "cow"}]}
        """);
    assertThat(problems)
        .containsExactly(
            file + ": images[0] has no id",
            file + ": images[1] has no file_name",
            file + ": images[2] has no height",
            file + ": images[3] has no width",
            file + ": images[5] has the id 1, as images[4] has",
            file + ": annotations[0] has no image_id",
            file + ": annotations[1] has no category_id",
            file + ": categories[1] has the id 5 of another",
            file + ": categories[2] has no name",
            file + ": categories[3] has no id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | all of it is a list; allowed is an object",
        "{\"images\": {}} | images is an object; allowed is a list",
        "{\"images\": [3]} | images[0] is 3; allowed is an object",
        "{\"images\": [{}, {\"id\": \"12\"}]} | images[1].id is '12'; allowed is a whole number",
        "{\"images\": [{\"id\": 1.5}]} | images[0].id is 1.5; allowed is a whole number",
        "{\"images\": [{\"width\": 0}]} | images[0].width is 0; allowed is a number of pixels from"
            + " 1",
        "{\"images\": [{\"height\": 9999999999}]} | images[0].height is 9999999999; allowed is a"
            + " number of pixels from 1",
        "{\"images\": [{\"file_name\": null}]} | images[0].file_name is null; allowed is a text",
        "{\"annotations\": [{\"iscrowd\": 2}]} | annotations[0].iscrowd is 2; allowed is 0 or 1",
        "{\"annotations\": [{\"image_id\": true}]} | annotations[0].image_id is true; allowed is a"
            + " whole number",
        "{\"images\": [], \"categories\": []} | has no list 'annotations'; expected are images,"
            + " annotations and categories, as in COCO's instances_train2014.json",
      })
  void whatIsNoFileOfInstancesIsNamedWithItsPlace(String json, String message) throws IOException {
    Files.writeString(file, json);
    assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void brokenJsonIsNamedWithItsPlace() throws IOException {
    String whole = json(annotation(1, 0, WHOLE));
    Files.writeString(file, whole.substring(0, whole.indexOf("\"bbox\"") + 12));
    assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file + ": no JSON (End of input at line 2 column 135 path $.annotations[0].bbox[1])");
    Files.writeString(file, "{\"images\": [{\"id\": 1 \"width\": 2}]}");
    assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file + ": no JSON (Unterminated object at line 1 column 23 path $.images[0].id)");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, '"'});
    assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": no UTF-8 text");
    Files.delete(file);
    assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": there is no such file");
  }

  @Test
  void anInterruptEndsTheReading() throws IOException {
    Files.writeString(file, json());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> new InstanceFile(file).read(problems::add))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped while the data set was opened");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
