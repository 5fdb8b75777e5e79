package dev.wsss.eval.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionFileTest {
  private static final String ALLOWED =
      "allowed is {\"size\": [height, width], \"counts\": run lengths as a list or a string}";

  @TempDir private Path folder;

  /** The second is the example in the documentation of pycocotools. */
  @Test
  void unpacksRunsThatCocosToolsPacked() {
    assertThat(RunLengths.unpacked("04")).containsExactly(0, 4);
    assertThat(RunLengths.unpacked("61X13mN000`0")).containsExactly(6, 1, 40, 4, 5, 4, 5, 4, 21);
    Random random = new Random(2);
    for (int turn = 0; turn < 200; turn++) {
      int[] runs = new int[turn];
      for (int i = 0; i < turn; i++) {
        runs[i] = random.nextInt(Integer.MAX_VALUE >>> random.nextInt(31));
      }
      assertThat(RunLengths.unpacked(RunLengths.packed(runs))).isEqualTo(runs);
    }
    int[] largest = {Integer.MAX_VALUE, 0, 1, Integer.MAX_VALUE, 0};
    assertThat(RunLengths.unpacked(RunLengths.packed(largest))).isEqualTo(largest);
  }

  @Test
  void regionsOfAMaskHaveItsPixels() {
    byte[] values = {0, 7, 7, (byte) 255, 0, 7};
    List<Region> regions = Region.of(new IndexMask(3, 2, values));
    assertThat(regions).hasSize(2);
    assertThat(regions.get(0).area()).isEqualTo(3);
    assertThat(pixels(regions.get(0))).containsExactly(1, 2, 5);
    assertThat(pixels(regions.get(1))).containsExactly(3);
  }

  @Test
  void bothFormsOfCountsGiveTheSame() throws IOException {
    Path file =
        write(
            """
            [{"id": 1, "segmentation": {"counts": [1, 2, 1, 2], "size": [2, 3]}, "bbox": [0]},
             {"segmentation": {"size": [2, 3], "counts": "1210"}}]
            """);
    List<Region> regions = new RegionFile(file).read(3, 2);
    assertThat(pixels(regions.get(0))).containsExactly(3, 1, 2, 5);
    assertThat(regions.get(1).runs()).isEqualTo(RunLengths.unpacked("1210"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"size\":[3,2],\"counts\":[6]} | is for a picture of 2×3 (size is height, width); the"
            + " picture is 3×2",
        "{\"size\":[2,3],\"counts\":[5,2]} | has damaged run lengths: the runs are of 7 pixels"
            + " together; 3×2 has 6",
        "{\"size\":[2,3],\"counts\":[7,-1]} | has damaged run lengths: a run of -1 pixels",
        "{\"size\":[2,3],\"counts\":\"5\"} | has damaged run lengths: the runs are of 5 pixels"
            + " together; 3×2 has 6",
        "{\"size\":[2,3],\"counts\":\"1p\"} | has damaged run lengths: the counts hold 'p' at place"
            + " 1; allowed are the characters '0' to 'o'",
        "{\"size\":[2,3],\"counts\":\"1X\"} | has damaged run lengths: the counts end in the middle"
            + " of a number",
        "{\"size\":[2,3],\"counts\":\"3O\"} | has damaged run lengths: run 1, which ends at place 1"
            + " of the counts, is no length",
        "{\"size\":[2,3],\"counts\":\"oooooooo0\"} | has damaged run lengths: run 0, which ends at"
            + " place 6 of the counts, is no length",
        "{\"size\":[2,3],\"counts\":[5.5,0.5]} | holds 5.5 where a whole number belongs; ALLOWED",
        "{\"size\":[2,3]} | has nothing as counts; ALLOWED",
        "{\"size\":6,\"counts\":[6]} | has 6 as size; ALLOWED",
        "[[0,0,1,0,1,1]] | has a list as segmentation; ALLOWED",
      })
  void damagedRegionsAreNamed(String segmentation, String message) throws IOException {
    Path file =
        write(
            """
            [{"segmentation": {"size": [2, 3], "counts": [6]}}, {"segmentation": %s}]
            """
                .formatted(segmentation));
    assertThatThrownBy(() -> new RegionFile(file).read(3, 2))
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": region 2 " + message.replace("ALLOWED", ALLOWED));
  }

  @Test
  void whatIsNoListOfAnnotationsIsNamed() throws IOException {
    Path file = write("{\"masks\": []}");
    assertThatThrownBy(() -> new RegionFile(file).read(3, 2))
        .hasMessage(
            file + ": no list of annotations, nor an object with one by the name annotations");
    write("[{\"segmentation\": ");
    assertThatThrownBy(() -> new RegionFile(file).read(3, 2))
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith(file + ": no JSON (");
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("a.json"), json);
  }

  private static List<Integer> pixels(Region region) {
    List<Integer> pixels = new ArrayList<>();
    region.forEach(pixels::add);
    return pixels;
  }
}
