package org.example.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Where the bytes of a picture come from. */
interface PictureSource extends Serializable {
  /** A file beyond is not read: no picture of 100 million pixels takes as much. */
  long MAX_BYTES = 512L << 20;

  /** The bytes of the picture in a row whose first column is its name. */
  byte[] bytes(Row row) throws IOException;

  /** They stand in the second column. */
  static PictureSource column() {
    return row -> {
      if (row.isNullAt(1)) {
        throw new IOException(row.getString(0) + ": the table holds no bytes for it");
      }
      return row.getAs(1);
    };
  }

  /**
   * The second column is the path of a file on any file system that Spark reads. Read here and not
   * by Spark, for which a file that has gone or cannot be read ends the job.
   */
  static PictureSource files(SerializableConfiguration hadoop) {
    return row -> {
      Path path = new Path(row.getString(1));
      FileSystem files = path.getFileSystem(hadoop.value());
      try {
        long length = files.getFileStatus(path).getLen();
        if (length > MAX_BYTES) {
          throw new IOException(
              row.getString(0) + ": " + length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try (InputStream in = files.open(path)) {
          return in.readAllBytes();
        }
      } catch (FileNotFoundException e) {
        throw new IOException(row.getString(0) + ": no such file", e);
      }
    };
  }
}
