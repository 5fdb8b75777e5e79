package dev.wsss.train.config;

import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.binding.ResolvedConfig;
import dev.wsss.train.config.fromdata.DerivedValue;
import dev.wsss.train.config.fromdata.FromData;
import dev.wsss.train.config.fromdata.MeasuredData;
import dev.wsss.train.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as it was asked for: everything that its folder is to explain.
 *
 * @param tree the configuration with the place where each value was written
 * @param config the same, bound
 * @param derived the values that it left to the data set, with their reasons
 * @param modules those that it could name
 * @param command what was typed; empty where a program asks
 * @param first the training whose last networks this one starts from, where the configuration has
 *     the block {@code first}
 */
public record ResolvedRun(
    ConfigTree tree,
    RunConfig config,
    List<DerivedValue> derived,
    PluginCatalog modules,
    List<String> command,
    Optional<ResolvedRun> first) {

  public ResolvedRun {
    derived = List.copyOf(derived);
    command = List.copyOf(command);
  }

  /**
   * Loads a file, or a built-in configuration such as {@code quickstart-base}, with the modules on
   * the class path.
   *
   * @param assignments such as {@code training.epochs=3}, laid over the file
   * @throws dev.wsss.api.config.ConfigException with every problem at its place
   */
  public static ResolvedRun load(String fileOrName, String... assignments) {
    ClassLoader classes = ResolvedRun.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return bind(loader, loader.load(fileOrName, List.of(assignments)));
  }

  /**
   * Binds a tree. Where keys hold {@code from-data}, the data set is opened and their values are
   * derived from it.
   *
   * @throws dev.wsss.api.config.ConfigException with every problem at its place
   * @throws dev.wsss.api.data.DataException if values are left to a data set that cannot be used
   */
  public static ResolvedRun bind(ConfigLoader loader, ConfigTree tree) {
    return bind(loader, tree, new MeasuredData());
  }

  /**
   * The same for one of several runs, which mostly share their data set.
   *
   * @param measured what is known of data sets; those that it does not know are opened
   */
  public static ResolvedRun bind(ConfigLoader loader, ConfigTree asked, MeasuredData measured) {
    Optional<ConfigTree> before = FirstTraining.in(asked);
    if (before.isEmpty()) {
      return bindOne(loader, asked, false, measured);
    }
    ResolvedRun own = bindOne(loader, asked.without(FirstTraining.KEY), true, measured);
    ResolvedRun first = bindOne(loader, before.get(), false, measured);
    ConfigTree patch =
        ResolvedConfig.bound(asked.only(FirstTraining.KEY), first.tree, first.config);
    ConfigTree whole = own.tree.merge(patch);
    return new ResolvedRun(
        whole,
        loader.bind(whole, RunConfig.class),
        Stream.concat(ofFirst(asked, first.derived), own.derived.stream()).toList(),
        own.modules,
        own.command,
        Optional.of(first));
  }

  /** The values that the block {@code first} itself leaves to the data, under its keys. */
  private static Stream<DerivedValue> ofFirst(ConfigTree asked, List<DerivedValue> derived) {
    return derived.stream()
        .map(value -> value.under(FirstTraining.KEY))
        .filter(value -> asked.text(value.key()).equals(Optional.of(FromData.WORD)));
  }

  private static ResolvedRun bindOne(
      ConfigLoader loader, ConfigTree asked, boolean second, MeasuredData measured) {
    ConfigTree tree = SharedBackbone.in(asked);
    FromData left = FromData.in(tree);
    if (left.isEmpty()) {
      return bound(loader, tree, List.of());
    }
    RunConfig checked = loader.bind(left.checkable(), RunConfig.class);
    List<DerivedValue> derived =
        left.derive(
            checked.data(),
            checked.training().learned(),
            checked.augmentation(),
            checked.cams(),
            second,
            measured);
    return bound(loader, left.with(derived), derived);
  }

  private static ResolvedRun bound(
      ConfigLoader loader, ConfigTree tree, List<DerivedValue> derived) {
    RunConfig config = loader.bind(tree, RunConfig.class);
    return new ResolvedRun(tree, config, derived, loader.catalog(), List.of(), Optional.empty());
  }

  /** This training without the first, and without another run to start from. */
  public ResolvedRun second() {
    return withTree(tree.without(FirstTraining.KEY).without("training.start"));
  }

  /**
   * The same training, starting from the last networks of a folder.
   *
   * @param reason why from there, which stands in the configuration of its folder
   */
  public ResolvedRun startingFrom(Path folder, String reason) {
    String quoted = "'" + folder.toString().replace("'", "''") + "'";
    return withTree(tree.derive("training.start", quoted, reason));
  }

  private ResolvedRun withTree(ConfigTree other) {
    ConfigLoader loader = new ConfigLoader(modules, ResolvedRun.class.getClassLoader());
    RunConfig changed = loader.bind(other, RunConfig.class);
    return new ResolvedRun(other, changed, derived, modules, command, Optional.empty());
  }

  /** The same run, asked for by a command. */
  public ResolvedRun askedForBy(List<String> words) {
    return new ResolvedRun(
        tree, config, derived, modules, words, first.map(run -> run.askedForBy(words)));
  }

  /** The whole configuration as YAML that loads again, with the origin of every value. */
  public String describe() {
    return ResolvedConfig.describe(tree, config);
  }
}
