package dev.wsss.eval.predict;

import java.nio.file.Path;

/**
 * A picture that is to be labelled.
 *
 * @param name as it is listed, with extension: for a picture found in a folder its path below it
 * @param file where it is
 */
public record SourcePicture(String name, Path file) {}
