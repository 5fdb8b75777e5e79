package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.ModuleConstructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How maps become better masks. */
public record RefinementConfig(
    @Doc(
            "Named refiners, in their order; a refiner's type is its name unless it says"
                + " otherwise.")
        Map<String, Choice<PseudoLabelRefiner>> refine) {

  /**
   * Reads a chain from assignments such as {@code refine.dense-crf.preset=irn-label}.
   *
   * @param names of the refiners, in their order
   * @param assignments to their keys
   * @throws dev.wsss.api.config.ConfigException with everything that is wrong
   */
  public static Refinement of(ConfigLoader loader, List<String> names, List<String> assignments) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.add("refine." + name + "={}"));
    all.addAll(assignments);
    return loader.bind(loader.load(all), RefinementConfig.class).make();
  }

  /** Makes the refiners. */
  public Refinement make() {
    return make("refine", refine);
  }

  /**
   * Makes refiners.
   *
   * @param key where they stand, for messages
   */
  public static Refinement make(String key, Map<String, Choice<PseudoLabelRefiner>> refine) {
    List<PseudoLabelRefiner> refiners = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    refine.forEach(
        (name, choice) -> {
          refiners.add(new ModuleConstructor<>(key + "." + name, choice).makeFromConfig());
          settings.add(choice.type() + " " + choice.config());
        });
    return new Refinement(refiners, String.join(", ", settings));
  }
}
