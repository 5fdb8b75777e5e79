package org.example.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.predict.PicturePrediction;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.run.ExportForm;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelOnSparkTest {
  @TempDir private static Path temp;
  private static Path pictures;
  private static Path model;
  private static SparkSession spark;

  @BeforeAll
  static void trainAndDraw() throws Exception {
    spark = Cluster.session();
    pictures = Files.createDirectories(temp.resolve("pic tures"));
    model = temp.resolve("model.onnx");
    ResolvedRun config =
        ResolvedRun.load(
            "quickstart-base",
            "data={type: synthetic, train: 32, val: 12, side: 48}",
            "augmentation={crop: 48, long-side-min: 0, long-side-max: 0}",
            "training.epochs=2",
            "training.batch=8");
    Path folder = temp.resolve("run");
    try (Run run = Run.open(config, folder, Resume.CONTINUE)) {
      run.train(RunListener.SILENT);
      List<RgbImage> drawn = new ArrayList<>();
      for (var example : run.data().examples("val")) {
        drawn.add(run.data().image(example));
      }
      for (int i = 0; i < drawn.size(); i++) {
        // Three pictures of another size among them, and a folder within the folder.
        int side = i % 5 == 3 ? 36 : 48;
        write(
            drawn.get(i),
            side,
            pictures.resolve(i % 2 == 0 ? "p" + i + ".png" : "sub/p" + i + ".png"));
      }
    }
    try (Run run = Run.trained(folder)) {
      run.export(model, ExportForm.MAPS, "none");
    }
    Files.writeString(pictures.resolve("broken.jpg"), "no picture");
    byte[] whole = Files.readAllBytes(pictures.resolve("p0.png"));
    Files.write(pictures.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(pictures.resolve("labels.csv"), "no picture either, and not asked for");
  }

  private static void write(RgbImage picture, int side, Path file) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = 3 * (y * picture.width() + x);
        byte[] rgb = picture.rgb();
        image.setRGB(
            x, y, (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff));
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void aFolderIsLabelledAsOneByOneHereAndBadPicturesAreRows() throws Exception {
    LabelOnSpark labels = new LabelOnSpark(spark, model);
    Path out = temp.resolve("labels.parquet");
    Dataset<Row> labelled = labels.folder(pictures.toString(), 3);
    assertThat(labelled.javaRDD().getNumPartitions()).isEqualTo(5);
    labelled.write().parquet(out.toString());
    assertThat(labels.modelsOpened()).as("one session for each executor").isBetween(1L, 2L);

    Map<String, Row> rows = new TreeMap<>();
    Dataset<Row> written = spark.read().parquet(out.toString());
    written.collectAsList().forEach(row -> rows.put(row.getString(0), row));
    assertThat(rows).hasSize(14);
    assertThat(rows.get("broken.jpg").getString(5))
        .isEqualTo("broken.jpg: no picture in a known format, JPEG, PNG, WebP or TIFF");
    assertThat(rows.get("cut.png").getString(5)).startsWith("cut.png: ");
    assertThat(rows.get("cut.png").isNullAt(4)).isTrue();

    LabelOnSpark.writePngs(written, temp.resolve("masks"));
    Map<String, Double> differences = new LinkedHashMap<>();
    try (Predictor here = Predictor.open(model)) {
      for (int i = 0; i < 12; i++) {
        String id = i % 2 == 0 ? "p" + i + ".png" : "sub/p" + i + ".png";
        PicturePrediction one = here.predict(pictures.resolve(id));
        Path mask = temp.resolve("here.png");
        new MaskFile(mask).write(one.mask());
        Row row = rows.get(id);
        assertThat(row.isNullAt(5)).as(id).isTrue();
        assertThat((byte[]) row.getAs("mask")).as(id).isEqualTo(Files.readAllBytes(mask));
        assertThat(temp.resolve("masks").resolve(id)).hasSameBinaryContentAs(mask);
        List<String> found =
            one.example().labels().stream()
                .mapToObj(label -> here.info().classes().foreground().get(label))
                .toList();
        assertThat(row.<String>getList(1)).isEqualTo(found);
        float[] probabilities = one.probabilities();
        for (int k = 0; k < probabilities.length; k++) {
          assertThat(
                  row.<String, Float>getJavaMap(2).get(here.info().classes().foreground().get(k)))
              // A pass of several pictures may add in another order.
              .isCloseTo(probabilities[k], within(1e-6f));
        }
        double area =
            row.<String, Double>getJavaMap(3).values().stream().mapToDouble(share -> share).sum();
        assertThat(area).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void aTableOfPicturesIsLabelledWithoutFiles() throws Exception {
    Dataset<Row> table =
        spark
            .read()
            .format("binaryFile")
            .load(pictures.resolve("p0.png").toString(), pictures.resolve("broken.jpg").toString())
            .selectExpr("regexp_replace(path, '.*/', '') as id", "content");
    LabelOnSpark labels = new LabelOnSpark(spark, model);
    List<Row> rows = labels.table(table).orderBy("id").collectAsList();
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("broken.jpg", "p0.png");
    assertThat(rows).extracting(row -> row.isNullAt(5)).containsExactly(false, true);
    assertThatThrownBy(() -> labels.table(table.withColumnRenamed("content", "bytes")))
        .hasMessage(
            "the table has the columns [id, bytes]; needed are id (text) and content (bytes)");
  }

  @Test
  void aWrongModelEndsBeforeAnyTask() {
    assertThatThrownBy(() -> new LabelOnSpark(spark, pictures.resolve("p0.png")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(pictures.resolve("p0.png").toString());
  }

  @Test
  void twoPicturesOfOneMaskNameAreRefused() {
    Dataset<Row> two =
        spark.sql("select 'a/x.jpg' id, binary('1') mask union all select 'a/x.png', binary('2')");
    assertThatThrownBy(() -> LabelOnSpark.writePngs(two, temp.resolve("none")))
        .hasMessage("2 pictures would get the mask a/x.png");
    assertThat(temp.resolve("none")).doesNotExist();
  }
}
