package dev.wsss.backbones.weights;

import ai.djl.nn.Block;
import dev.wsss.api.network.ParameterNames;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A network by the names of its parameters, as files of weights have them.
 *
 * @param name as in configurations; no two networks have the same
 * @param classifiers prefixes of the names of classifiers, which a backbone leaves out
 * @param parameterNames all other names
 * @param translation from other names that files have to {@code parameterNames}; a name that it
 *     does not know stays as it is
 */
public record Architecture(
    String name,
    Set<String> classifiers,
    Set<String> parameterNames,
    UnaryOperator<String> translation) {

  public Architecture {
    classifiers = Set.copyOf(classifiers);
    parameterNames = Set.copyOf(parameterNames);
  }

  /** The architecture of a backbone's block. */
  public static Architecture of(String name, String classifier, Block block) {
    return of(name, Set.of(classifier), block);
  }

  /** The architecture of a backbone's block, whose classifier has several names. */
  public static Architecture of(String name, Set<String> classifiers, Block block) {
    return new Architecture(
        name, classifiers, ParameterNames.of(block).keySet(), UnaryOperator.identity());
  }

  /** The same network where files may have other names too. */
  public Architecture withNames(UnaryOperator<String> others) {
    return new Architecture(name, classifiers, parameterNames, others);
  }

  /** Whether a name in a file means nothing to a backbone: the classifier, or a step counter. */
  boolean ignores(String nameInFile) {
    return classifiers.stream().anyMatch(nameInFile::startsWith)
        || nameInFile.endsWith(".num_batches_tracked");
  }

  /** What the network calls a tensor of a file. */
  String ours(String nameInFile) {
    return parameterNames.contains(nameInFile) ? nameInFile : translation.apply(nameInFile);
  }

  /** Whether a file with these names was written by this network. */
  boolean wrote(Set<String> namesInFile) {
    Set<String> named = namesInFile.stream().map(this::ours).collect(Collectors.toSet());
    return named.containsAll(parameterNames)
        && named.stream().allMatch(own -> parameterNames.contains(own) || ignores(own));
  }
}
