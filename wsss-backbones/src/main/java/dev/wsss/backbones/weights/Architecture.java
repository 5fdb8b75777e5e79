package dev.wsss.backbones.weights;

import ai.djl.nn.Block;
import dev.wsss.api.network.ParameterNames;
import java.util.Set;

/**
 * A network by the names of its parameters, as files of weights have them.
 *
 * @param name as in configurations
 * @param classifier prefix of the names of the ImageNet classifier, which a backbone leaves out
 * @param parameterNames all other names
 */
public record Architecture(String name, String classifier, Set<String> parameterNames) {

  public Architecture {
    parameterNames = Set.copyOf(parameterNames);
  }

  /** The architecture of a backbone's block. */
  public static Architecture of(String name, String classifier, Block block) {
    return new Architecture(name, classifier, ParameterNames.of(block).keySet());
  }

  /** Whether a name in a file means nothing to a backbone: the classifier, or a step counter. */
  boolean ignores(String nameInFile) {
    return nameInFile.startsWith(classifier) || nameInFile.endsWith(".num_batches_tracked");
  }

  /** Whether a file with these names was written by this network. */
  boolean wrote(Set<String> namesInFile) {
    return namesInFile.containsAll(parameterNames)
        && namesInFile.stream().allMatch(name -> parameterNames.contains(name) || ignores(name));
  }
}
