package dev.wsss.train;

import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Configurations of runs that take a second: 32 drawn pictures of 32×32, the tiny network. */
public final class SmallRuns {
  private static final String YAML =
      """
      data: {type: synthetic, train: 32, val: 16, side: 32}
      augmentation: {crop: 32, long-side-min: 0, long-side-max: 0, jitter: 0, grey: 0}
      network: {backbone: {type: tiny, width: 8}, head: {type: projected, channels: 16}}
      self-supervision: {rcm: {}, mam: {}}
      teacher: {type: ema, decay: 0.9}
      optimiser: {rate: 0.05}
      training: {epochs: 2, batch: 8}
      scoring: {maps: 2}
      """;

  private SmallRuns() {}

  /** The small run with assignments such as {@code training.epochs=3}. */
  public static RunConfig config(String... overrides) {
    return resolved(overrides).config();
  }

  /** The same with the origins of its values. */
  public static ResolvedRun resolved(String... overrides) {
    return resolved(List.of(), overrides);
  }

  /** Like {@link #config}, with more plugins than those on the class path. */
  public static RunConfig with(List<WsssPlugin> more, String... overrides) {
    return resolved(more, overrides).config();
  }

  /** Both. */
  public static ResolvedRun resolved(List<WsssPlugin> more, String... overrides) {
    ClassLoader classes = SmallRuns.class.getClassLoader();
    List<WsssPlugin> plugins = new ArrayList<>(more);
    ServiceLoader.load(WsssPlugin.class, classes).forEach(plugins::add);
    ConfigTree tree = ConfigTree.parse(YAML, "small.yaml");
    for (String override : overrides) {
      tree = tree.override(override);
    }
    return ResolvedRun.bind(new ConfigLoader(PluginCatalog.of(plugins), classes), tree);
  }
}
