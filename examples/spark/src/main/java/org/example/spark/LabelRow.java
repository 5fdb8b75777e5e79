package org.example.spark;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.predict.PicturePrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** What is kept of a picture: its labels, or why there are none. */
final class LabelRow {
  /**
   * {@code classes} found; {@code probabilities} of all classes; {@code shares} of the picture's
   * area, by class that has any, background included; {@code mask}, a palette PNG with a class
   * index a pixel, as wsss writes it; or {@code error}, and all others but {@code id} are null.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("classes", DataTypes.createArrayType(DataTypes.StringType))
          .add("probabilities", DataTypes.createMapType(DataTypes.StringType, DataTypes.FloatType))
          .add("shares", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
          .add("mask", DataTypes.BinaryType)
          .add("error", DataTypes.StringType);

  private LabelRow() {}

  static Row failed(String id, String why) {
    return RowFactory.create(id, null, null, null, null, why);
  }

  /**
   * @param work a file that may be overwritten
   */
  static Row of(PicturePrediction prediction, ClassNames classes, Path work) throws IOException {
    List<String> found = new ArrayList<>();
    prediction.example().labels().stream()
        .forEach(label -> found.add(classes.foreground().get(label)));
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int k = 0; k < classes.count(); k++) {
      probabilities.put(classes.foreground().get(k), prediction.probabilities()[k]);
    }
    IndexMask mask = prediction.mask();
    new MaskFile(work).write(mask);
    return RowFactory.create(
        prediction.example().id(),
        found.toArray(),
        CollectionConverters.asScala(probabilities),
        CollectionConverters.asScala(shares(mask, classes)),
        Files.readAllBytes(work),
        null);
  }

  private static Map<String, Double> shares(IndexMask mask, ClassNames classes) {
    long[] pixels = new long[classes.count() + 1];
    for (byte index : mask.indices()) {
      pixels[index & 0xff]++;
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int index = 0; index < pixels.length; index++) {
      if (pixels[index] > 0) {
        shares.put(classes.ofMaskIndex(index), (double) pixels[index] / mask.indices().length);
      }
    }
    return shares;
  }
}
