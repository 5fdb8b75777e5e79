package dev.wsss.train.weights;

import dev.wsss.api.config.Choice;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.WeightsException;
import java.util.function.Supplier;

/** Says of weights that cannot be used which key names them, and where others come from. */
public final class WeightsKey {
  private WeightsKey() {}

  /**
   * Makes a network that reads pretrained weights.
   *
   * @param place dotted key of the backbone, such as {@code network.backbone}
   * @throws WeightsException with the key and what to do, if they cannot be used
   */
  public static <T> T named(String place, Choice<Backbone> backbone, Supplier<T> network) {
    try {
      return network.get();
    } catch (WeightsException e) {
      String key = place + ".weights";
      String said = String.valueOf(e.getMessage());
      throw new WeightsException(
          "%s: %s%sname another file with -o %s=FILE%s"
              .formatted(
                  key, said, said.contains("\n") ? "\n  " : "; ", key, fetched(backbone.type())),
          e);
    }
  }

  private static String fetched(String backbone) {
    return Catalogue.builtIn().names().contains(backbone)
        ? ", such as that of 'wsss weights fetch " + backbone + "'"
        : "";
  }
}
