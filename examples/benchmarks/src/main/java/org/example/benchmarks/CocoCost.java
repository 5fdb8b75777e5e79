package org.example.benchmarks;

import dev.wsss.api.data.Example;
import dev.wsss.eval.coco.CrowdLabels;
import dev.wsss.eval.coco.CrowdMasks;
import dev.wsss.eval.coco.InstanceFile;
import dev.wsss.eval.coco.Instances;
import dev.wsss.eval.data.CocoConfig;
import dev.wsss.eval.data.CocoDataset;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What it takes to open a data set of the size of COCO's {@code train2014} and to make its masks:
 * 82,783 pictures, 604,907 annotations of drawn polygons and, one in sixty, run lengths, 454 MB.
 * Argument: a folder, in which they are made if they are not there; pictures are empty files, since
 * nothing here decodes them.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.CocoCost \
 *   -Djmh.options="/tmp/coco"
 * }</pre>
 */
public final class CocoCost {
  private static final int PICTURES = 82_783;
  private static final int ANNOTATIONS = 604_907;
  private static final int MASKS = 2000;
  private static final int[][] SIZES = {{640, 480}, {480, 640}, {640, 427}, {500, 375}};

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Path file = root.resolve("annotations/instances_train2014.json");
    if (!Files.exists(file)) {
      Files.createDirectories(root.resolve("train2014"));
      Files.createDirectories(file.getParent());
      generate(root.resolve("train2014"), file);
    }
    System.out.printf("%d MB%n", Files.size(file) / 1_000_000);
    for (int turn = 0; turn < 2; turn++) {
      double start = seconds();
      Instances instances = new InstanceFile(file).read(System.out::println);
      System.out.printf("read: %.1f s, then %d MB%n", seconds() - start, megabytes());
      start = seconds();
      for (Instances.Picture picture : instances.pictures().subList(0, MASKS)) {
        instances.mask(picture, CrowdMasks.IGNORE);
      }
      System.out.printf("a mask: %.2f ms%n", (seconds() - start) * 1000 / MASKS);
    }
    double start = seconds();
    CocoDataset data =
        new CocoDataset(
            new CocoConfig(
                root,
                Map.of(),
                CocoConfig.Labels.INSTANCES,
                CrowdLabels.COUNT,
                CrowdMasks.IGNORE,
                CocoConfig.Unlabelled.LEAVE_OUT,
                Optional.empty(),
                1_000_000));
    List<Example> examples = data.examples("train");
    System.out.printf(
        "opened, %d pictures: %.1f s, then %d MB%n",
        examples.size(), seconds() - start, megabytes());
  }

  /** Of this thread on a core, so that other programs change it little. */
  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  private static long megabytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1_000_000;
  }

  private static void generate(Path pictures, Path file) throws IOException {
    Random random = new Random(1);
    int[][] sizes = new int[PICTURES][];
    try (Writer to = new BufferedWriter(Files.newBufferedWriter(file), 1 << 20)) {
      to.write("{\"info\": {}, \"images\": [");
      for (int i = 0; i < PICTURES; i++) {
        sizes[i] = SIZES[random.nextInt(SIZES.length)];
        String name = "COCO_train2014_%012d.jpg".formatted(i);
        Files.createFile(pictures.resolve(name));
        to.write(
            "%s{\"license\": 5, \"file_name\": \"%s\", \"coco_url\": \"http://mscoco.org/images/%d\", \"height\": %d, \"width\": %d, \"date_captured\": \"2013-11-14 16:28:13\", \"id\": %d}"
                .formatted(i == 0 ? "" : ", ", name, i, sizes[i][1], sizes[i][0], i));
      }
      to.write("], \"licenses\": [], \"annotations\": [");
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < ANNOTATIONS; k++) {
        int picture = random.nextInt(PICTURES);
        boolean isCrowd = k % 60 == 0;
        text.setLength(0);
        text.append(k == 0 ? "" : ", ").append("{\"segmentation\": ");
        if (isCrowd) {
          runs(random, sizes[picture], text);
        } else {
          polygon(random, sizes[picture], text);
        }
        text.append(", \"area\": 1234.25, \"iscrowd\": ").append(isCrowd ? 1 : 0);
        text.append(", \"image_id\": ").append(picture);
        text.append(", \"bbox\": [1.25, 2.5, 300.75, 40.0], \"category_id\": ");
        text.append(1 + random.nextInt(80)).append(", \"id\": ").append(k).append('}');
        to.write(text.toString());
      }
      to.write("], \"categories\": [");
      to.write(
          IntStream.rangeClosed(1, 80)
              .mapToObj(
                  "{\"supercategory\": \"x\", \"id\": %1$d, \"name\": \"class %1$d\"}"::formatted)
              .collect(Collectors.joining(", ")));
      to.write("]}");
    }
  }

  private static void runs(Random random, int[] size, StringBuilder to) {
    int left = size[0] * size[1];
    int longest = left / 300;
    to.append("{\"counts\": [");
    while (left > 0) {
      int run = Math.min(left, 1 + random.nextInt(longest));
      left -= run;
      to.append(run).append(left == 0 ? "" : ", ");
    }
    to.append("], \"size\": [").append(size[1]).append(", ").append(size[0]).append("]}");
  }

  /** A rough disc with 32 corners in the median, so that the file has COCO's size. */
  private static void polygon(Random random, int[] size, StringBuilder to) {
    int corners = Math.max(6, (int) Math.exp(3.45 + 0.55 * random.nextGaussian()));
    double x = random.nextDouble() * size[0];
    double y = random.nextDouble() * size[1];
    double radius = 5 + 145 * random.nextDouble();
    to.append("[[");
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double far = radius * (0.7 + 0.4 * random.nextDouble());
      coordinate(x + far * Math.cos(angle), size[0], to.append(i == 0 ? "" : ", "));
      coordinate(y + far * Math.sin(angle), size[1], to.append(", "));
    }
    to.append("]]");
  }

  /** With two decimals, as COCO writes them. */
  private static void coordinate(double value, int most, StringBuilder to) {
    to.append(Math.round(Math.min(Math.max(value, 0), most) * 100) / 100.0);
  }
}
