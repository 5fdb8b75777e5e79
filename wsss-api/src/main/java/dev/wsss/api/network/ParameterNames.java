package dev.wsss.api.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names the parameters of a block as PyTorch would: child names joined by dots, without the numbers
 * that DJL puts before them ({@code layer1.0.conv1.weight}).
 *
 * <p>Where children of a block would share a name, as those of a {@code SequentialBlock} do that
 * holds two {@code Conv2d}, all children of that block keep DJL's numbers ({@code
 * 01Conv2d.weight}).
 */
public final class ParameterNames {

  private ParameterNames() {}

  /**
   * All parameters below a block in order of declaration.
   *
   * @throws IllegalArgumentException if two parameters get the same name
   */
  public static Map<String, Parameter> of(Block block) {
    Map<String, Parameter> named = new LinkedHashMap<>();
    collect("", block, named);
    return named;
  }

  private static void collect(String prefix, Block block, Map<String, Parameter> named) {
    block
        .getDirectParameters()
        .forEach(
            pair -> {
              String name = prefix + pair.getKey();
              if (named.put(name, pair.getValue()) != null) {
                throw new IllegalArgumentException("two parameters are called " + name);
              }
            });
    List<String> names = ofChildren(block);
    for (int i = 0; i < names.size(); i++) {
      collect(prefix + names.get(i) + ".", block.getChildren().valueAt(i), named);
    }
  }

  /** The names of a block's children, in their order. */
  public static List<String> ofChildren(Block block) {
    List<String> numbered = block.getChildren().keys();
    List<String> plain = withoutNumbers(numbered);
    return plain.stream().distinct().count() == plain.size() ? plain : numbered;
  }

  /** DJL calls the third child "conv" of a block "03conv". */
  private static List<String> withoutNumbers(List<String> children) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      String number = String.format(Locale.ROOT, "%02d", i + 1);
      String child = children.get(i);
      names.add(child.startsWith(number) ? child.substring(number.length()) : child);
    }
    return names;
  }
}
