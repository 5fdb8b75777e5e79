package org.example.spark;

import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Labels a folder or a table of pictures with an exported model, on all machines of a cluster. Each
 * executor's process opens the model once.
 */
public final class LabelOnSpark {
  private static final String PICTURES = "(?i).*\\.(jpe?g|png|webp|tiff?)";

  private final SparkSession spark;
  private final ExecutorModel model;

  /**
   * Opens the model once here, so that a wrong one ends before any task starts, and sends it to all
   * executors.
   *
   * @throws dev.wsss.eval.onnx.ModelFileException if it is no model
   */
  public LabelOnSpark(SparkSession spark, Path model) throws IOException {
    Predictor.open(model).close();
    this.spark = spark;
    this.model =
        new ExecutorModel(
            UUID.randomUUID(),
            new JavaSparkContext(spark.sparkContext()).broadcast(Files.readAllBytes(model)),
            spark.sparkContext().longAccumulator("models opened"));
  }

  /**
   * What is typed.
   *
   * @param pictures a folder or a Parquet table
   * @param out a folder for the rows, on any file system that Spark writes
   * @param pngs a folder for masks as files
   */
  record Arguments(Path model, String pictures, String out, Optional<Path> pngs) {
    static Arguments of(String... words) {
      if (words.length < 3 || words.length > 4) {
        throw new IllegalArgumentException("usage: LabelOnSpark MODEL PICTURES OUT [PNG_FOLDER]");
      }
      return new Arguments(
          Path.of(words[0]),
          words[1],
          words[2],
          words.length == 4 ? Optional.of(Path.of(words[3])) : Optional.empty());
    }
  }

  /** See {@link Arguments}. */
  public static void main(String[] words) throws Exception {
    Arguments arguments;
    try {
      arguments = Arguments.of(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    try (SparkSession spark = SparkSession.builder().appName("wsss predict").getOrCreate()) {
      LabelOnSpark labels = new LabelOnSpark(spark, arguments.model());
      Dataset<Row> rows =
          arguments.pictures().endsWith(".parquet")
              ? labels.table(spark.read().parquet(arguments.pictures()))
              : labels.folder(arguments.pictures(), 2000);
      rows.write().parquet(arguments.out());
      Dataset<Row> written = spark.read().parquet(arguments.out());
      arguments.pngs().ifPresent(folder -> writePngs(written, folder));
      long failed = written.filter("error is not null").count();
      System.out.println(written.count() - failed + " pictures labelled, " + failed + " failed");
    }
  }

  /**
   * Labels the pictures in a folder and below; {@code id} is the path within the folder.
   *
   * @param folder on any file system that Spark reads
   * @param picturesPerTask a task writes one file; see docs/scale.md
   */
  public Dataset<Row> folder(String folder, int picturesPerTask) {
    var root = new org.apache.hadoop.fs.Path(folder);
    var hadoop = spark.sparkContext().hadoopConfiguration();
    String within;
    try {
      within = root.getFileSystem(hadoop).makeQualified(root) + "/";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
    Column path = functions.col("path");
    // The content is not asked for here, so Spark reads no file.
    Dataset<Row> files =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(folder)
            .filter(path.rlike(PICTURES))
            .select(path.substr(within.length() + 1, Integer.MAX_VALUE).as("id"), path);
    long tasks = Math.max(1, (files.count() + picturesPerTask - 1) / picturesPerTask);
    return label(
        files.repartition(Math.toIntExact(tasks)),
        PictureSource.files(new SerializableConfiguration(hadoop)));
  }

  /** Labels the pictures in a table with the columns {@code id} and {@code content}. */
  public Dataset<Row> table(Dataset<Row> pictures) {
    List<String> columns = Arrays.asList(pictures.columns());
    if (!columns.containsAll(List.of("id", "content"))) {
      throw new IllegalArgumentException(
          "the table has the columns " + columns + "; needed are id (text) and content (bytes)");
    }
    return label(pictures.select("id", "content"), PictureSource.column());
  }

  private Dataset<Row> label(Dataset<Row> pictures, PictureSource source) {
    return pictures.mapPartitions(new LabelPictures(model, source), Encoders.row(LabelRow.SCHEMA));
  }

  /** How many sessions all executors have opened so far. */
  public long modelsOpened() {
    return model.opened().value();
  }

  /**
   * Writes each mask as a PNG file, named like its picture with {@code .png}, into a folder that
   * all machines see.
   *
   * @throws IllegalArgumentException if two pictures would get one name
   */
  public static void writePngs(Dataset<Row> labels, Path folder) {
    Column name = functions.regexp_replace(functions.col("id"), "\\.[^./]*$", "");
    Dataset<Row> masks =
        labels.filter("mask is not null").select(name.as("name"), functions.col("mask"));
    List<Row> twice = masks.groupBy("name").count().filter("count > 1").takeAsList(1);
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          twice.get(0).getLong(1)
              + " pictures would get the mask "
              + twice.get(0).getString(0)
              + ".png");
    }
    String root = folder.toString();
    masks.foreachPartition(
        (ForeachPartitionFunction<Row>)
            rows -> {
              while (rows.hasNext()) {
                Row row = rows.next();
                byte[] png = row.getAs(1);
                WholeFile.write(
                    Path.of(root, row.getString(0) + ".png"), file -> Files.write(file, png));
              }
            });
  }
}
