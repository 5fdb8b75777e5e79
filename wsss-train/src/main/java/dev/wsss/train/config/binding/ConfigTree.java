package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable mapping of YAML in which every value knows where it was written.
 *
 * <p>As a record component it means: any mapping, left unbound, for instance a patch that is merged
 * later. Two trees are equal when their values are, wherever those were written.
 */
public final class ConfigTree {
  private final Mapping root;

  ConfigTree(Mapping root) {
    this.root = root;
  }

  /**
   * Reads text, whose {@code base:} is left as it is.
   *
   * @param origin what errors call the text, for instance a file name
   * @throws ConfigException if it is no YAML mapping
   */
  public static ConfigTree parse(String yaml, String origin) {
    Problems problems = new Problems();
    Optional<Mapping> root =
        new YamlReader((line, column) -> Origin.file(origin, line, column), problems).mapping(yaml);
    problems.throwIfAny();
    return new ConfigTree(root.orElseThrow());
  }

  /**
   * This tree with {@code patch} laid over it: mappings merge, {@code null} removes, a block whose
   * {@code type} changes is replaced, so are lists. A block without a {@code type} counts as having
   * the type that its own key names.
   */
  public ConfigTree merge(ConfigTree patch) {
    return new ConfigTree(Merge.layer(root, patch.root));
  }

  /**
   * This tree with {@code a.b.c=value} laid over it, the value being YAML.
   *
   * @throws ConfigException if the assignment is malformed
   */
  public ConfigTree override(String assignment) {
    Problems problems = new Problems();
    Optional<Mapping> patch = Assignment.read(assignment, problems);
    problems.throwIfAny();
    return merge(new ConfigTree(patch.orElseThrow()));
  }

  /**
   * This tree with a value that follows from something else.
   *
   * @param yaml the value
   * @param reason what it follows from, told where the origin of a value is
   */
  public ConfigTree derive(String dottedKey, String yaml, String reason) {
    Problems problems = new Problems();
    Optional<Mapping> patch =
        Assignment.read(dottedKey + "=" + yaml, Origin.derived(reason), problems);
    problems.throwIfAny();
    return merge(new ConfigTree(patch.orElseThrow()));
  }

  /** The names at the root whose value is not null, in the order of the file. */
  public Set<String> keys() {
    Set<String> keys = new java.util.LinkedHashSet<>(root.entries().keySet());
    keys.removeIf(key -> root.get(key).isEmpty());
    return Collections.unmodifiableSet(keys);
  }

  /** The mapping under a dotted key; empty where there is none or the value is no mapping. */
  public Optional<ConfigTree> find(String dottedKey) {
    return node(dottedKey)
        .filter(Mapping.class::isInstance)
        .map(node -> new ConfigTree((Mapping) node));
  }

  /** The scalar under a dotted key as it was written, without quotes. */
  public Optional<String> text(String dottedKey) {
    return node(dottedKey).filter(Scalar.class::isInstance).map(node -> ((Scalar) node).text());
  }

  /**
   * The mapping under a dotted key; an empty one where the key is absent.
   *
   * @throws ConfigException if the value is no mapping
   */
  public ConfigTree subtree(String dottedKey) {
    Optional<ConfigNode> node = node(dottedKey);
    if (node.isEmpty()) {
      return new ConfigTree(Mapping.empty(root.origin()));
    }
    if (node.get() instanceof Mapping mapping) {
      return new ConfigTree(mapping);
    }
    Problems problems = new Problems();
    problems.add(
        node.get().origin(), dottedKey, "found " + node.get().found() + "; allowed is a mapping");
    throw problems.exception();
  }

  /** Where the value under a dotted key was written, for error messages. */
  public Optional<String> origin(String dottedKey) {
    return node(dottedKey).map(node -> node.origin().toString());
  }

  /**
   * This tree with the value of one dotted key at another one too, with the places where it was
   * written; the same tree where there is no such value, or the other key has one.
   */
  public ConfigTree withCopy(String from, String to) {
    Optional<ConfigNode> value = node(from);
    if (value.isEmpty() || node(to).isPresent()) {
      return this;
    }
    List<String> names = Dotted.names(to);
    Mapping patch = Mapping.empty(root.origin());
    ConfigNode node = value.get();
    for (int i = names.size() - 1; i >= 0; i--) {
      patch = Mapping.empty(root.origin()).with(names.get(i), new Entry(node, node.origin()));
      node = patch;
    }
    return merge(new ConfigTree(patch));
  }

  /** This tree without a dotted key. */
  public ConfigTree without(String dottedKey) {
    return new ConfigTree(without(root, Dotted.names(dottedKey)));
  }

  /** This tree with none but the given keys of its root. */
  public ConfigTree only(String... keys) {
    return new ConfigTree(root.only(Set.of(keys)));
  }

  /**
   * The whole tree as YAML that {@link #parse} reads back as an equal tree. Relative paths stay as
   * they are written: use {@link ResolvedConfig#describe} for a file that is kept elsewhere.
   */
  public String toYaml() {
    return YamlWriter.plain(root);
  }

  Mapping root() {
    return root;
  }

  private Optional<ConfigNode> node(String dottedKey) {
    Optional<ConfigNode> node = Optional.of(root);
    for (String name : Dotted.names(dottedKey)) {
      node = node.filter(Mapping.class::isInstance).flatMap(n -> ((Mapping) n).get(name));
    }
    return node;
  }

  private static Mapping without(Mapping mapping, List<String> names) {
    String name = names.get(0);
    if (names.size() == 1) {
      return mapping.without(Set.of(name));
    }
    Entry entry = mapping.entries().get(name);
    if (entry == null || !(entry.value() instanceof Mapping inner)) {
      return mapping;
    }
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(name, new Entry(without(inner, names.subList(1, names.size())), entry.keyOrigin()));
    return new Mapping(entries, mapping.origin());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigTree tree && root.content().equals(tree.root.content());
  }

  @Override
  public int hashCode() {
    return root.content().hashCode();
  }

  @Override
  public String toString() {
    return toYaml();
  }
}
