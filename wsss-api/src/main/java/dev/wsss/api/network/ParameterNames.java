package dev.wsss.api.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the parameters of a block as PyTorch would: child names joined by dots, without the numbers
 * that DJL puts before them ({@code layer1.0.conv1.weight}).
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
    int number = 1;
    for (var child : block.getChildren()) {
      // DJL calls the third child "conv" of a block "03conv".
      int digits = String.format(Locale.ROOT, "%02d", number++).length();
      collect(prefix + child.getKey().substring(digits) + ".", child.getValue(), named);
    }
  }
}
