package org.example.benchmarks;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.metric.CamMiou;
import dev.wsss.eval.metric.CamMiouConfig;
import dev.wsss.eval.metric.PixelCounts;
import dev.wsss.eval.metric.ThresholdMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Counting 50 pictures of 500×375 and reading one threshold, or all, off the counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScoringBenchmark {
  private static final int CLASSES = 20;
  private static final int PICTURES = 50;
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;

  @Param({"1", "30", "100"})
  public int thresholds;

  private CamMiou metric;
  private ClassNames classes;
  private final List<Prediction> predictions = new ArrayList<>();

  @Setup
  public void draw() {
    metric = new CamMiou(new CamMiouConfig(List.of(ThresholdMode.ORACLE), 1, 0.75, thresholds));
    classes = new ClassNames(IntStream.range(0, CLASSES).mapToObj(k -> "class " + k).toList());
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      int label = random.nextInt(CLASSES);
      BitSet labels = new BitSet();
      labels.set(label);
      byte[] truth = new byte[WIDTH * HEIGHT];
      byte[] winner = new byte[WIDTH * HEIGHT];
      float[] score = new float[WIDTH * HEIGHT];
      for (int p = 0; p < truth.length; p++) {
        winner[p] = (byte) label;
        score[p] = random.nextFloat();
        truth[p] = (byte) (random.nextFloat() < score[p] ? label + 1 : 0);
      }
      predictions.add(
          new Prediction(
              new Example("noise " + i, labels),
              new float[CLASSES],
              new ScoreMap(WIDTH, HEIGHT, winner, score),
              Optional.of(new IndexMask(WIDTH, HEIGHT, truth))));
    }
  }

  @Benchmark
  public List<Score> countAndRead() {
    PixelCounts counts = metric.open(classes);
    predictions.forEach(prediction -> metric.add(counts, prediction));
    return metric.read(counts, Optional.empty());
  }
}
