package dev.wsss.eval.data.synthetic;

import dev.wsss.eval.data.synthetic.Figure.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws scenes at random from what a configuration allows. */
final class SceneSampler {
  private final SyntheticConfig config;
  private final List<ClassLook> looks;
  private final double unit;

  SceneSampler(SyntheticConfig config) {
    this.config = config;
    looks =
        IntStream.range(0, config.classes())
            .mapToObj(k -> ClassLook.of(k, config.classes(), config.likeness()))
            .toList();
    unit = config.side() / 64.0;
  }

  List<String> classNames() {
    return looks.stream().map(ClassLook::name).toList();
  }

  /** Draws until every object of the scene shows well enough, in the end with fewer objects. */
  Scene draw(RandomGenerator random) {
    Backdrop backdrop = Backdrop.draw(config.side(), random);
    Noise grain = new Noise(random.nextLong());
    List<Integer> classes = classes(random);
    for (int attempt = 1; ; attempt++) {
      List<Layer> layers = new ArrayList<>();
      classes.forEach(k -> layers.add(figure(k, random)));
      int occluders = random.nextInt(3);
      for (int i = 0; i < occluders; i++) {
        layers.add(random.nextInt(layers.size() + 1), occluder(random));
      }
      Scene scene = new Scene(config.side(), backdrop, List.copyOf(layers), grain);
      if (scene.isFair()) {
        return scene;
      }
      if (attempt % 8 == 0 && classes.size() > 1) {
        classes.remove(classes.size() - 1);
      }
    }
  }

  /** One to three classes, one the most often; sometimes a second object of the first. */
  private List<Integer> classes(RandomGenerator random) {
    double draw = random.nextDouble();
    int wanted = draw < 0.5 ? 1 : draw < 0.8 ? 2 : 3;
    int count = Math.min(wanted, Math.min(config.maxClasses(), config.classes()));
    List<Integer> all = new ArrayList<>(IntStream.range(0, config.classes()).boxed().toList());
    for (int i = 0; i < count; i++) {
      Collections.swap(all, i, i + random.nextInt(all.size() - i));
    }
    List<Integer> classes = new ArrayList<>(all.subList(0, count));
    if (random.nextDouble() < 0.2) {
      classes.add(classes.get(0));
    }
    return classes;
  }

  private Figure figure(int k, RandomGenerator random) {
    ClassLook look = looks.get(k);
    double along = unit * (14 + 6 * random.nextDouble());
    double across = along * (look.slenderness() + around(0.1, random));
    double angle = 2 * Math.PI * random.nextDouble();
    Frame frame = frame(0.2, angle, along, across, random);
    boolean hidden = random.nextDouble() < config.hiddenParts();
    double radius = config.partRadius() * config.side() * (1 + around(0.15, random));
    // Near the end that points along the axis, like a head.
    Figure.Part part =
        new Figure.Part(0.5 + around(0.12, random), around(0.25, random), hidden ? 0 : radius);
    double stripes = angle + look.stripeAngle() + around(0.7, random);
    double perPixel = 1 / (config.side() * (look.stripeWidth() + around(0.02, random)));
    return new Figure(
        k,
        look,
        frame,
        part,
        Paint.ofHsv(
            look.hue() + around(0.05, random),
            0.5 + around(0.12, random),
            0.62 + around(0.16, random)),
        new Figure.Stripe(
            StrictMath.cos(stripes) * perPixel,
            StrictMath.sin(stripes) * perPixel,
            random.nextDouble(),
            0.18 + around(0.06, random)),
        new Noise(random.nextLong()));
  }

  private Occluder occluder(RandomGenerator random) {
    double along = unit * (8 + 20 * random.nextDouble());
    double across = unit * (1.5 + 3 * random.nextDouble());
    double angle = Math.PI * random.nextDouble();
    Paint paint =
        Paint.ofHsv(
            random.nextDouble(), 0.08 * random.nextDouble(), 0.15 + 0.75 * random.nextDouble());
    return new Occluder(frame(0, angle, along, across, random), paint);
  }

  /** A centre that keeps {@code margin} of the side from the border. */
  private Frame frame(
      double margin, double angle, double along, double across, RandomGenerator random) {
    double room = config.side() * (1 - 2 * margin);
    double x = config.side() * margin + room * random.nextDouble();
    double y = config.side() * margin + room * random.nextDouble();
    return new Frame(x, y, StrictMath.cos(angle), StrictMath.sin(angle), along, across);
  }

  /** A value around zero, at most {@code most} away and more often near. */
  private static double around(double most, RandomGenerator random) {
    return most * (random.nextDouble() + random.nextDouble() - 1);
  }
}
