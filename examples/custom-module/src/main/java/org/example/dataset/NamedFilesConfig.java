package org.example.dataset;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;

/** Keys of the {@code named-files} data set. */
@Doc("Pictures whose names say what they show: train/cat-001.png, val/cat+dog-002.png.")
public record NamedFilesConfig(@Doc("Folder with one folder a split.") Path root) {}
