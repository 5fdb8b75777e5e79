package dev.wsss.train.config.binding;

import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Writes YAML: blocks of mappings, lists of plain values on one line. */
final class YamlWriter {
  private static final int WIDEST_ALIGNED = 60;
  private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z_/.][A-Za-z0-9_/.+-]*");

  private record Line(String text, Origin origin) {}

  private final List<Line> lines = new ArrayList<>();

  private YamlWriter() {}

  /** Without comments. */
  static String plain(Mapping root) {
    return lines(root).stream().map(line -> line.text() + "\n").collect(Collectors.joining());
  }

  /** Each line followed by a comment that says where its value was written. */
  static String withOrigins(Mapping root) {
    List<Line> lines = lines(root);
    int width =
        lines.stream()
            .mapToInt(line -> line.text().length())
            .filter(length -> length <= WIDEST_ALIGNED)
            .max()
            .orElse(0);
    return lines.stream()
        .map(line -> pad(line.text(), width) + "  # " + line.origin() + "\n")
        .collect(Collectors.joining());
  }

  private static List<Line> lines(Mapping root) {
    YamlWriter writer = new YamlWriter();
    if (root.entries().isEmpty()) {
      writer.lines.add(new Line("{}", root.origin()));
    }
    writer.mapping(root, "", "");
    return writer.lines;
  }

  private void mapping(Mapping mapping, String first, String indent) {
    String lead = first;
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      value(lead + quoted(entry.getKey()) + ":", entry.getValue().value(), indent);
      lead = indent;
    }
  }

  private void value(String head, ConfigNode value, String indent) {
    Optional<String> inline = inline(value);
    if (inline.isPresent()) {
      lines.add(new Line(head + " " + inline.get(), value.origin()));
      return;
    }
    lines.add(new Line(head, value.origin()));
    if (value instanceof Mapping mapping) {
      mapping(mapping, indent + "  ", indent + "  ");
    } else if (value instanceof Sequence sequence) {
      sequence.items().forEach(item -> item(item, indent + "  "));
    }
  }

  private void item(ConfigNode item, String indent) {
    Optional<String> inline = inline(item);
    if (inline.isPresent()) {
      lines.add(new Line(indent + "- " + inline.get(), item.origin()));
    } else if (item instanceof Mapping mapping) {
      mapping(mapping, indent + "- ", indent + "  ");
    } else if (item instanceof Sequence sequence) {
      lines.add(new Line(indent + "-", item.origin()));
      sequence.items().forEach(inner -> item(inner, indent + "  "));
    }
  }

  /** The value on one line, where it has no parts that deserve lines of their own. */
  private static Optional<String> inline(ConfigNode value) {
    if (value instanceof Scalar scalar) {
      return Optional.of(text(scalar));
    }
    if (value instanceof Mapping mapping) {
      return mapping.entries().isEmpty() ? Optional.of("{}") : Optional.empty();
    }
    List<ConfigNode> items = ((Sequence) value).items();
    return items.stream().allMatch(Scalar.class::isInstance)
        ? Optional.of(
            items.stream()
                .map(item -> text((Scalar) item))
                .collect(Collectors.joining(", ", "[", "]")))
        : Optional.empty();
  }

  private static String text(Scalar scalar) {
    return scalar.kind() == Scalar.Kind.TEXT ? quoted(scalar.text()) : scalar.text();
  }

  /** The text itself where YAML reads it back as this text, else in double quotes. */
  private static String quoted(String text) {
    boolean plain =
        UNQUOTED.matcher(text).matches()
            && new CoreScalarResolver(false).resolve(text, true).equals(Tag.STR);
    if (plain) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
