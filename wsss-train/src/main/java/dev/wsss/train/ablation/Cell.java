package dev.wsss.train.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One combination of levels.
 *
 * @param name of its folder and of its row in tables
 * @param levels level by axis, in the order of the axes
 */
public record Cell(String name, Map<String, String> levels) {

  public Cell {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
  }
}
