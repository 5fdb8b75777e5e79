package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads configurations and binds them to records: files with their bases, then overrides, then
 * strict binding. Immutable and safe for several threads.
 *
 * <p>The rules in short: keys are the kebab-case of record components; unknown is wrong; what a
 * file says is laid over the component's default, so that {@code teacher: {decay: 0.99}} keeps a
 * default {@code type}; relative paths start at the folder of the file that holds them, or at the
 * working directory where they stand on the command line or on the class path, and are bound
 * absolute.
 */
public final class ConfigLoader {
  private static final String BASE = "base";

  private final PluginCatalog catalog;
  private final ClassLoader resources;

  /**
   * @param catalog the modules that {@code type} may name
   * @param resources where {@code wsss/configs} is looked up
   */
  public ConfigLoader(PluginCatalog catalog, ClassLoader resources) {
    this.catalog = catalog;
    this.resources = resources;
  }

  /** The modules that {@code type} may name. */
  public PluginCatalog catalog() {
    return catalog;
  }

  /**
   * Reads a file with its bases and lays overrides over it.
   *
   * <p>A {@code base} is a file beside the one that names it, or one on the class path.
   *
   * @param fileOrName a path, or the name of a configuration on the class path such as {@code
   *     quickstart}
   * @param overrides each {@code a.b.c=value}; together one patch, in which the last one wins
   * @throws ConfigException with everything that is wrong
   */
  public ConfigTree load(String fileOrName, List<String> overrides) {
    Problems problems = new Problems();
    Sources sources = new Sources(resources, problems);
    Origin asker = Origin.commandLine("configuration");
    return load(
        sources.find(fileOrName, Optional.of(Path.of("")), asker, ""),
        overrides,
        sources,
        problems);
  }

  /** Like {@link #load(String, List)}, but the file must be there. */
  public ConfigTree load(Path file, List<String> overrides) {
    Problems problems = new Problems();
    Sources sources = new Sources(resources, problems);
    Origin asker = Origin.commandLine("configuration");
    return load(sources.read(file, asker, ""), overrides, sources, problems);
  }

  /**
   * Reads assignments alone; what they do not say has its default.
   *
   * @param assignments each {@code a.b.c=value}; the last one wins
   * @throws ConfigException with everything that is wrong
   */
  public ConfigTree load(List<String> assignments) {
    Problems problems = new Problems();
    Mapping nothing = Mapping.empty(Origin.commandLine("configuration"));
    return patched(nothing, assignments, problems);
  }

  /**
   * Binds a tree to a record.
   *
   * @throws ConfigException with everything that is wrong
   */
  public <C extends Record> C bind(ConfigTree tree, Class<C> root) {
    Problems problems = new Problems();
    Optional<C> bound = new Binder(new ModuleFinder(catalog), problems).bind(tree.root(), root);
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  private static ConfigTree load(
      Optional<Source> file, List<String> overrides, Sources sources, Problems problems) {
    Optional<Mapping> root =
        file.flatMap(source -> withBases(source, new ArrayList<>(), sources, problems));
    // A file that cannot be read is told of together with what is wrong in the overrides.
    return patched(
        root.orElse(Mapping.empty(Origin.commandLine("configuration"))), overrides, problems);
  }

  private static ConfigTree patched(Mapping tree, List<String> overrides, Problems problems) {
    Optional<Mapping> patch = Optional.empty();
    for (String override : overrides) {
      Optional<Mapping> one = Assignment.read(override, problems);
      patch =
          patch.isPresent() && one.isPresent()
              ? Optional.of(Merge.join(patch.get(), one.get()))
              : patch.or(() -> one);
    }
    problems.throwIfAny();
    return new ConfigTree(patch.map(p -> Merge.layer(tree, p)).orElse(tree));
  }

  private static Optional<Mapping> withBases(
      Source source, List<Source> below, Sources sources, Problems problems) {
    Optional<Mapping> read = new YamlReader(source::at, problems).mapping(source.text());
    if (read.isEmpty()) {
      return read;
    }
    Mapping own = read.get().without(Set.of(BASE));
    Optional<ConfigNode> base = read.get().get(BASE);
    if (base.isEmpty()) {
      return Optional.of(own);
    }
    Origin asker = base.get().origin();
    Optional<String> name = read.get().text(BASE);
    if (name.isEmpty()) {
      problems.add(asker, BASE, "found " + base.get().found() + "; allowed is a file or a name");
      return Optional.empty();
    }
    List<Source> chain = new ArrayList<>(below);
    chain.add(source);
    Optional<Source> found = sources.find(name.get(), source.folder(), asker, BASE);
    if (found.isPresent() && isAmong(chain, found.get())) {
      chain.add(found.get());
      problems.add(
          asker,
          BASE,
          "a configuration cannot extend itself: "
              + String.join(" -> ", chain.stream().map(Source::display).toList()));
      return Optional.empty();
    }
    return found
        .flatMap(s -> withBases(s, chain, sources, problems))
        .map(under -> Merge.layer(under, own));
  }

  private static boolean isAmong(List<Source> chain, Source source) {
    return chain.stream().anyMatch(s -> s.identity().equals(source.identity()));
  }
}
