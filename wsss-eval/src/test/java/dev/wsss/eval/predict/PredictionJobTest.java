package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import dev.wsss.eval.report.ScoreMapFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictionJobTest {
  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;

  @TempDir private Path temp;
  private Path pictures;
  private Path out;

  private final ColourModel model = new ColourModel();
  private final List<String> heard = new ArrayList<>();
  private final List<Double> left = new ArrayList<>();

  private final JobListener listener =
      new JobListener() {
        @Override
        public void starts(int done, int total, long megabytes) {
          heard.add("starts " + done + "/" + total);
        }

        @Override
        public void went(int done, int total, double secondsLeft) {
          left.add(secondsLeft);
          heard.add("went " + done + "/" + total);
        }

        @Override
        public void willLookAtTiles(long tiles, double seconds) {
          heard.add("parts " + tiles + (seconds > 0 ? ", some time" : ", no time"));
        }

        @Override
        public void tile(long done, long total, double secondsLeft) {
          heard.add("part " + done + "/" + total);
          left.add(secondsLeft);
        }

        @Override
        public void failed(String reason) {
          heard.add("failed " + reason);
        }
      };

  @BeforeEach
  void makePictures() throws IOException {
    pictures = temp.resolve("pictures");
    out = temp.resolve("out");
    TestImages.colour(Files.createDirectories(pictures).resolve("a.png"), 40, 30, RED);
    TestImages.colour(
        Files.createDirectories(pictures.resolve("b")).resolve("c.jpg"), 90, 50, BLUE);
    TestImages.colour(pictures.resolve("d.png"), 16, 24, 0);
  }

  @Test
  void writesMasksOverlaysAndTables() throws IOException {
    PredictionReport report = run(PredictionSettings.USUAL);

    assertThat(report.labelled()).isEqualTo(3);
    assertThat(report.failed()).isZero();
    assertThat(files())
        .containsExactly(
            "classes.txt",
            "labels.csv",
            "masks/a.png",
            "masks/b/c.png",
            "masks/d.png",
            "overlays/a.jpg",
            "overlays/b/c.jpg",
            "overlays/d.jpg",
            "settings.txt");
    assertThat(new MaskFile(out.resolve("masks/a.png")).read().indices()).containsOnly(1);
    IndexMask blue = new MaskFile(out.resolve("masks/b/c.png")).read();
    assertThat(blue.width()).isEqualTo(90);
    assertThat(blue.height()).isEqualTo(50);
    assertThat(blue.indices()).containsOnly(3);
    assertThat(new MaskFile(out.resolve("masks/d.png")).read().indices()).containsOnly(0);
    assertThat(out.resolve("classes.txt")).hasContent("background\nred\ngreen\nblue");
    assertThat(Files.readAllLines(out.resolve("labels.csv")))
        .containsExactly(
            "image,labels,mask,width,height,probability red,probability green,probability blue,share background,share red,share green,share blue,share not counted",
            "a.png,red,masks/a.png,40,30,1.0000,0.0180,0.0180,0.0000,1.0000,0.0000,0.0000,0.0000",
            "b/c.jpg,blue,masks/b/c.png,90,50,0.0180,0.0180,1.0000,0.0000,0.0000,0.0000,1.0000,0.0000",
            "d.png,,masks/d.png,16,24,0.0180,0.0180,0.0180,1.0000,0.0000,0.0000,0.0000,0.0000");
    assertThat(heard).containsExactly("starts 0/3", "went 1/3", "went 2/3", "went 3/3");
  }

  @Test
  void takesLabelsFromATableAndRefusesOneThatLacksAPicture() throws IOException {
    Path table = temp.resolve("labels.csv");
    Files.writeString(table, "image,split,labels\na.png,train,red;green\nc.jpg,val,\nd.png,val,\n");
    run(settings(table));
    assertThat(Files.readAllLines(out.resolve("labels.csv")).get(1)).startsWith("a.png,red;green,");
    assertThat(new MaskFile(out.resolve("masks/b/c.png")).read().indices()).containsOnly(0);

    Files.writeString(table, "image,labels\na.png,red\nc.jpg,blue\n");
    Path other = temp.resolve("other");
    assertThatThrownBy(
            () -> job(settings(table)).run(SourcePictures.of(List.of(pictures)), other, listener))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(table + " does not list image 'd.png'");
    assertThat(other).doesNotExist();

    Files.writeString(table, "image,labels\na.png,redd\n");
    assertThatThrownBy(() -> run(settings(table)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(table + ":2: 'redd' is no class; did you mean 'red'?");
    Files.writeString(table, "picture,labels\na.png,red\n");
    assertThatThrownBy(() -> run(settings(table)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            table + ":1: the columns are 'picture,labels'; expected are at least image, labels");
    Files.writeString(table, "image,split,labels\na.png,train,red,green\n");
    assertThatThrownBy(() -> run(settings(table)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            table
                + ":2: 4 columns; expected are 3: image,split,labels; a list with commas stands in"
                + " quotes: a.png,train,\"red,green\"");
  }

  @Test
  void listsWhatCannotBeReadAndTriesItAgain() throws IOException {
    Path broken = pictures.resolve("broken.jpg");
    Files.writeString(broken, "no picture");
    PredictionReport report = run(PredictionSettings.USUAL);
    assertThat(report.labelled()).isEqualTo(3);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(Files.readAllLines(out.resolve("failed.csv")))
        .containsExactly(
            "file,reason",
            broken + ",\"" + broken + ": no picture in a known format, JPEG, PNG, WebP or TIFF\"");
    assertThat(files()).doesNotContain("masks/broken.png");

    TestImages.colour(broken, 20, 20, RED);
    heard.clear();
    assertThat(run(PredictionSettings.USUAL).failed()).isZero();
    assertThat(heard).containsExactly("starts 3/4", "went 4/4");
    assertThat(files()).contains("masks/broken.png").doesNotContain("failed.csv");
    assertThat(Files.readAllLines(out.resolve("labels.csv"))).hasSize(5);
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    JobListener stopping =
        new JobListener() {
          private final Thread caller = Thread.currentThread();

          @Override
          public void went(int done, int total, double secondsLeft) {
            caller.interrupt();
            try {
              Thread.sleep(300);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    for (int i = 0; i < 6; i++) {
      TestImages.colour(pictures.resolve("more-" + i + ".png"), 20, 20, BLUE);
    }
    List<SourcePicture> found = SourcePictures.of(List.of(pictures));
    assertThatThrownBy(() -> job(PredictionSettings.USUAL).run(found, out, stopping))
        .isInstanceOf(CancellationException.class)
        .hasMessageMatching(
            "stopped after [1-4] of 9 pictures; the same command goes on from there");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(out.resolve("labels.csv")).doesNotExist();
    // As a process that was killed leaves it: in the middle of a row.
    Path journal = out.resolve(".journal.csv");
    Files.writeString(journal, Files.readString(journal) + "/half/a/row,12,\"");
    int before = model.passes.get();

    run(PredictionSettings.USUAL);

    assertThat(heard.get(0)).matches("starts [1-4]/9");
    assertThat(model.passes.get() - before).isEqualTo(heard.size() - 1);
    assertThat(Files.readAllLines(out.resolve("labels.csv"))).hasSize(10);
    heard.clear();
    byte[] table = Files.readAllBytes(out.resolve("labels.csv"));
    run(PredictionSettings.USUAL);
    assertThat(heard).containsExactly("starts 9/9");
    assertThat(out.resolve("labels.csv")).hasBinaryContent(table);

    // A picture that was changed is done again, under its name.
    TestImages.colour(pictures.resolve("more-0.png"), 30, 20, RED);
    Files.setLastModifiedTime(pictures.resolve("more-0.png"), FileTime.fromMillis(1));
    heard.clear();
    run(PredictionSettings.USUAL);
    assertThat(heard).containsExactly("starts 8/9", "went 9/9");
    assertThat(new MaskFile(out.resolve("masks/more-0.png")).read().indices()).containsOnly(1);
  }

  @Test
  void refusesAFolderOfAnotherModelOtherSettingsOrOtherThings() throws IOException {
    run(PredictionSettings.USUAL);
    List<SourcePicture> found = SourcePictures.of(List.of(pictures));
    assertThatThrownBy(
            () ->
                new PredictionJob(
                        new Predictor(model, ColourModel.info()), "other", PredictionSettings.USUAL)
                    .run(found, out, listener))
        .isInstanceOf(PredictionFolderException.class)
        .hasMessage(
            out
                + " holds predictions of another model or with other settings: there 'model: colours', now 'model: other'; choose another folder, or delete this one");
    assertThatThrownBy(() -> run(with(0.25)))
        .hasMessage(
            out
                + " holds predictions of another model or with other settings: there 'doubt: 0.0', now 'doubt: 0.25'; choose another folder, or delete this one");
    assertThatThrownBy(() -> job(PredictionSettings.USUAL).run(found, pictures, listener))
        .isInstanceOf(PredictionFolderException.class)
        .hasMessage(pictures + " holds other files and no settings.txt; choose another folder");
    try (Journal held = Journal.open(out, 3)) {
      assertThat(held.rows()).hasSize(3);
      assertThatThrownBy(() -> run(PredictionSettings.USUAL))
          .isInstanceOf(PredictionFolderException.class)
          .hasMessage(
              out + " is being written to by another process; wait for it, or choose another");
    }
  }

  @Test
  void picturesOfOneNameDoNotOverwriteEachOther() throws IOException {
    Path other = Files.createDirectories(temp.resolve("other"));
    TestImages.colour(other.resolve("a.png"), 12, 12, BLUE);
    TestImages.colour(other.resolve("A.jpg"), 13, 13, BLUE);
    List<SourcePicture> found =
        SourcePictures.of(List.of(pictures, other.resolve("a.png"), other, pictures));
    assertThat(found).hasSize(5);

    job(PredictionSettings.USUAL).run(found, out, listener);

    assertThat(files()).contains("masks/a.png", "masks/other/a.png", "masks/A.jpg.png");
    assertThat(new MaskFile(out.resolve("masks/a.png")).read().width()).isEqualTo(40);
    assertThat(new MaskFile(out.resolve("masks/other/a.png")).read().width()).isEqualTo(12);
    assertThat(Files.readString(out.resolve("labels.csv")))
        .contains("\na.png,", "\n" + other.resolve("a.png") + ",", "\nA.jpg,");
  }

  @Test
  void writesScoresAndCocoWhereAskedFor() throws IOException {
    run(
        new PredictionSettings(
            Optional.empty(), LargePictures.TILED, Optional.empty(), 0, true, true));
    assertThat(files())
        .contains("scores/a.png", "scores/b/c.png", "coco-rle.json", "coco-polygons.json");
    assertThat(ScoreMapFile.read(out.resolve("scores/b/c.png")).winner()).containsOnly(2);
    assertThat(Files.readString(out.resolve("coco-polygons.json")))
        .contains("\"segmentation\":[[90,0,90,50,0,50,0,0]],\"area\":4500,\"bbox\":[0,0,90,50]");
  }

  @Test
  void partsAreSaidBeforehandAndHeardOfOneByOne() throws IOException {
    PredictionSettings tiled =
        new PredictionSettings(
            Optional.empty(), LargePictures.TILED, Optional.empty(), 0, false, false);
    Path wide = pictures.resolve("b/c.jpg"); // 90×50 pixels in parts of 64
    List<SourcePicture> one = SourcePictures.of(List.of(wide));
    job(tiled).run(one, out, listener);
    assertThat(heard)
        .containsExactly("starts 0/1", "parts 2, some time", "part 1/2", "part 2/2", "went 1/1");
    assertThat(left.subList(0, 2)).allMatch(seconds -> seconds > 0);
    assertThat(left.get(2)).isZero();

    // Nothing is left of parts that need not be looked at, nor of a picture that is left out.
    heard.clear();
    left.clear();
    Path black = pictures.resolve("black.png");
    TestImages.colour(black, 90, 50, 0);
    Path cut = pictures.resolve("cut.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(black), 60));
    job(tiled).run(SourcePictures.of(List.of(black, cut)), temp.resolve("black"), listener);
    assertThat(heard).startsWith("starts 0/2", "parts 4, some time").endsWith("went 2/2");
    assertThat(heard).noneMatch(line -> line.startsWith("part "));
    assertThat(left.get(1)).isZero();

    heard.clear();
    job(tiled)
        .run(SourcePictures.of(List.of(pictures.resolve("a.png"))), temp.resolve("a"), listener);
    assertThat(heard).containsExactly("starts 0/1", "parts 0, no time", "went 1/1");
  }

  private PredictionSettings settings(Path table) {
    return new PredictionSettings(
        Optional.of(table), LargePictures.SCALED, Optional.empty(), 0, false, false);
  }

  private static PredictionSettings with(double doubt) {
    return new PredictionSettings(
        Optional.empty(), LargePictures.SCALED, Optional.empty(), doubt, false, false);
  }

  private PredictionJob job(PredictionSettings settings) {
    return new PredictionJob(new Predictor(model, ColourModel.info()), "colours", settings);
  }

  private PredictionReport run(PredictionSettings settings) {
    return job(settings).run(SourcePictures.of(List.of(pictures)), out, listener);
  }

  /** All but hidden ones. */
  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(out)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
