package org.example.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A master, two workers and an executor in a process of its own on each: a cluster on one machine.
 */
final class Cluster {

  private Cluster() {}

  /** The one of this process; started at the first call, ended with the process. */
  static SparkSession session() throws IOException {
    // Where a cluster's own jars would be; here the executors get the class path of the tests.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME")).resolve("jars"));
    return SparkSession.builder()
        .master("local-cluster[2,1,1024]")
        .config("spark.executor.memory", "1g")
        .config("spark.executor.extraClassPath", classPath())
        // Spark gives tasks of one core one thread; sums of as many parts as here are the same
        // bytes.
        .config("spark.executorEnv.OMP_NUM_THREADS", Runtime.getRuntime().availableProcessors())
        .config("spark.executorEnv.OMP_WAIT_POLICY", "passive")
        .config("spark.executor.extraJavaOptions", "-Dai.djl.offline=true -Djava.awt.headless=true")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "WARN")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** Surefire's own class path is a jar that names the others. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
