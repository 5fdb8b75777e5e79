package dev.wsss.train.config.binding;

import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema), keeping positions; duplicate keys and custom tags are wrong, and so
 * is what no configuration needs: great length, depth, or aliases that multiply.
 */
final class YamlReader {

  /** Turns a place in the text, counted from 1, into an origin. */
  @FunctionalInterface
  interface Places {
    Origin at(int line, int column);
  }

  /** Characters of a text. */
  static final int LONGEST = 1 << 20;

  /** Mappings and lists inside each other. */
  static final int DEEPEST = 100;

  private static final int MOST_VALUES = 100_000;
  private static final int LONGEST_NUMBER = 100;
  private static final String TOO_DEEP =
      "more than " + DEEPEST + " mappings and lists inside each other; no configuration needs more";

  private static final Map<Tag, Scalar.Kind> KINDS =
      Map.of(
          Tag.NULL, Scalar.Kind.NULL,
          Tag.BOOL, Scalar.Kind.FLAG,
          Tag.INT, Scalar.Kind.WHOLE,
          Tag.FLOAT, Scalar.Kind.REAL,
          Tag.STR, Scalar.Kind.TEXT);

  private final Places places;
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  YamlReader(Places places, Problems problems) {
    this.places = places;
    this.problems = problems;
  }

  /** Reads text whose root must be a mapping; nothing at all is an empty one. */
  Optional<Mapping> mapping(String yaml) {
    return read(yaml)
        .flatMap(
            node -> {
              if (node instanceof Mapping mapping) {
                return Optional.of(mapping);
              }
              if (node.isNull()) {
                return Optional.of(Mapping.empty(node.origin()));
              }
              problems.add(node.origin(), "", "found " + node.found() + "; allowed is a mapping");
              return Optional.empty();
            });
  }

  /** Reads one document; empty where that failed, which is then among the problems. */
  Optional<ConfigNode> read(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(LONGEST)
            .setMaxAliasesForCollections(Integer.MAX_VALUE) // convert() counts what they stand for
            .build();
    try {
      if (isTooDeep(parser(settings, yaml))) {
        return Optional.empty();
      }
      values = 0;
      Optional<Node> node = new Composer(settings, parser(settings, yaml)).getSingleNode();
      return Optional.of(
          node.isPresent()
              ? convert(node.get(), "")
              : new Scalar(Scalar.Kind.NULL, "null", places.at(1, 1)));
    } catch (MarkedYamlEngineException e) {
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      problems.add(
          at(e.getProblemMark().or(e::getContextMark)),
          "",
          "not valid YAML: " + context + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(places.at(1, 1), "", "not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Parser parser(LoadSettings settings, String yaml) {
    return new ParserImpl(settings, new StreamReader(settings, yaml));
  }

  /** Looks ahead without recursion: composing a text that is too deep overflows the stack. */
  private boolean isTooDeep(Iterator<Event> events) {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        problems.add(at(event.getStartMark()), "", TOO_DEEP);
        return true;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return false;
  }

  private ConfigNode convert(Node node, String path) {
    Origin origin = at(node.getStartMark());
    if (++values > MOST_VALUES) {
      if (values == MOST_VALUES + 1) {
        problems.add(
            origin,
            "",
            "more than "
                + MOST_VALUES
                + " values, each alias counted as what it stands for; no configuration needs more");
      }
      return new Scalar(Scalar.Kind.NULL, "null", origin);
    }
    if (open.size() > DEEPEST) {
      problems.add(origin, "", TOO_DEEP);
      return new Scalar(Scalar.Kind.NULL, "null", origin);
    }
    if (!open.add(node)) {
      problems.add(origin, path, "an alias of something that contains it");
      return new Scalar(Scalar.Kind.NULL, "null", origin);
    }
    try {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, path, origin);
      }
      if (node instanceof SequenceNode sequence) {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, path + "[" + items.size() + "]"));
        }
        return new Sequence(items, origin);
      }
      return scalar((ScalarNode) node, path, origin);
    } finally {
      open.remove(node);
    }
  }

  private Mapping mapping(MappingNode node, String path, Origin origin) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin keyOrigin = at(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
        problems.add(keyOrigin, path, "found a key that is no text; allowed is a name");
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      Entry entry = new Entry(convert(tuple.getValueNode(), keyPath), keyOrigin);
      Entry first = entries.putIfAbsent(key, entry);
      if (first != null) {
        problems.add(
            keyOrigin,
            keyPath,
            "the key stands here twice, first at " + first.keyOrigin() + "; remove one");
      }
    }
    return new Mapping(entries, origin);
  }

  private Scalar scalar(ScalarNode node, String path, Origin origin) {
    Scalar.Kind kind = KINDS.get(node.getTag());
    if (kind == null) {
      problems.add(origin, path, "found the tag " + node.getTag() + "; tags are not supported");
      return new Scalar(Scalar.Kind.NULL, "null", origin);
    }
    boolean isNumber = kind == Scalar.Kind.WHOLE || kind == Scalar.Kind.REAL;
    if (isNumber && node.getValue().length() > LONGEST_NUMBER) {
      problems.add(
          origin,
          path,
          "found a number of "
              + node.getValue().length()
              + " characters; allowed are at most "
              + LONGEST_NUMBER);
      return new Scalar(Scalar.Kind.NULL, "null", origin);
    }
    return new Scalar(kind, node.getValue(), origin);
  }

  private Origin at(Optional<Mark> mark) {
    return mark.map(m -> places.at(m.getLine() + 1, m.getColumn() + 1))
        .orElseGet(() -> places.at(1, 1));
  }
}
