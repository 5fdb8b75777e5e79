package dev.wsss.train.plugin;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of keys, modules and slots: lower-case letters and digits in parts joined by hyphens. */
public final class Kebab {
  /** What a name may be, in words. */
  public static final String ALLOWED =
      "lower-case letters and digits in parts joined by single hyphens, for example my-module";

  private static final int LONGEST = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*+");

  private Kebab() {}

  /** Whether that is such a name, and short enough for tables and files. */
  public static boolean matches(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /** {@code warmUpSteps} and {@code WARM_UP_STEPS} as {@code warm-up-steps}. */
  public static String of(String javaName) {
    return javaName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }
}
