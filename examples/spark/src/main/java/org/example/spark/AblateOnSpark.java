package org.example.spark;

import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationResult;
import dev.wsss.train.ablation.Changed;
import dev.wsss.train.ablation.Shard;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the cells of an ablation as tasks, each into its folder within one that all machines see;
 * {@code wsss ablate} then finds them finished and prints the table.
 *
 * <p>A cell that fails is a line of the answer, as in {@code wsss ablate}, and no failed task. A
 * task whose process dies is started again by Spark and goes on from the cell's last checkpoint.
 * One process trains one cell at a time: give an executor as many cores as {@code spark.task.cpus}.
 */
public final class AblateOnSpark {

  /** How a run ended: a failure's message, or empty. */
  public record Ended(String run, String failure) implements Serializable {}

  /**
   * What is typed.
   *
   * @param file or name of the ablation
   * @param assignments such as seeds=[1,2]
   */
  record Arguments(String file, String folder, List<String> assignments) {
    static Arguments of(String... words) {
      if (words.length < 2) {
        throw new IllegalArgumentException("usage: AblateOnSpark FILE FOLDER [KEY=VALUE...]");
      }
      return new Arguments(words[0], words[1], List.of(words).subList(2, words.length));
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
    String[] assignments = arguments.assignments().toArray(String[]::new);
    List<Ended> ended;
    try (SparkSession spark = SparkSession.builder().appName("wsss ablate").getOrCreate()) {
      ended = run(spark, arguments.file(), arguments.folder(), assignments);
    }
    ended.forEach(
        one ->
            System.out.println(
                one.run() + ": " + (one.failure().isEmpty() ? "done" : one.failure())));
    System.out.println(
        "wsss ablate " + arguments.file() + " --out " + arguments.folder() + " prints the table");
    if (ended.stream().anyMatch(one -> !one.failure().isEmpty())) {
      System.exit(4);
    }
  }

  /**
   * Runs what is not finished.
   *
   * @param file whose path all machines see, or the name of a built-in ablation
   * @param folder whose path all machines see
   * @return every run with how it ended, in no order
   * @throws RuntimeException before any task starts, if the file is wrong
   */
  public static List<Ended> run(
      SparkSession spark, String file, String folder, String... assignments) {
    int shares = AblationPlan.load(file, assignments).runs().size();
    List<Integer> numbers = IntStream.rangeClosed(1, shares).boxed().toList();
    return new JavaSparkContext(spark.sparkContext())
        .parallelize(numbers, shares)
        .flatMap(number -> share(number, shares, file, folder, assignments).iterator())
        .collect();
  }

  /** One at a time in a process, where an executor was given more cores than a task takes. */
  private static synchronized List<Ended> share(
      int number, int of, String file, String folder, String[] assignments) {
    List<Ended> ended = new ArrayList<>();
    AblationResult result;
    try {
      Ablation ablation = new Ablation(AblationPlan.load(file, assignments), Path.of(folder));
      result = ablation.run(new Shard(number, of), Changed.REFUSE, AblationListener.SILENT);
    } catch (CancellationException e) {
      throw e; // Spark has stopped the task
    } catch (RuntimeException e) { // would come again wherever the task was tried next
      return List.of(new Ended("share " + number + "/" + of, String.valueOf(e.getMessage())));
    }
    result.outcomes().keySet().forEach(run -> ended.add(new Ended(run.title(), "")));
    result
        .failures()
        .forEach((run, e) -> ended.add(new Ended(run.title(), String.valueOf(e.getMessage()))));
    return ended;
  }

  private AblateOnSpark() {}
}
