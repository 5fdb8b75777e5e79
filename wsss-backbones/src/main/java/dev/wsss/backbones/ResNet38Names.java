package dev.wsss.backbones;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MXNet's file of {@link ResNet38}, the authors' own, calls the parameters: {@code
 * res4b2_branch2b1_weight} is {@code b4_2.conv_branch2b1.weight}, {@code bn4a_branch2a_gamma} is
 * {@code b4.bn_branch2a.weight}.
 */
final class ResNet38Names {
  private static final Pattern BLOCK =
      Pattern.compile("(res|bn)([2-7])(?:a|b(\\d))_(branch(?:1|2a|2b1|2b2))_(\\w+)");

  private static final Map<String, String> VALUES =
      Map.of(
          "weight", "weight",
          "gamma", "weight",
          "beta", "bias",
          "moving_mean", "running_mean",
          "moving_var", "running_var");

  private ResNet38Names() {}

  /** The network's name of a tensor; a name that is not MXNet's stays as it is. */
  static String fromMxnet(String name) {
    Matcher block = BLOCK.matcher(name);
    if (block.matches()) {
      String value = VALUES.get(block.group(5));
      String number = block.group(3) == null ? "" : "_" + block.group(3);
      String kind = block.group(1).equals("res") ? "conv_" : "bn_";
      return value == null
          ? name
          : "b" + block.group(2) + number + "." + kind + block.group(4) + "." + value;
    }
    if (name.equals("conv1a_weight")) {
      return "conv1a.weight";
    }
    String value = name.startsWith("bn7_") ? VALUES.get(name.substring("bn7_".length())) : null;
    return value == null ? name : "bn7." + value;
  }
}
