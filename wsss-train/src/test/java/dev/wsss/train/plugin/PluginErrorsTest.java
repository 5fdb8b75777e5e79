package dev.wsss.train.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.SlotConfig;
import dev.wsss.train.config.binding.Inline;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginErrorsTest {
  private static final String SERVICES = "META-INF/services/dev.wsss.api.plugin.WsssPlugin";
  private static final String HERE = PluginErrorsTest.class.getName();

  @TempDir private Path folder;

  record Config() {}

  /** A plugin in order. */
  public static final class Good implements WsssPlugin {
    @Override
    public void register(Registry registry) {
      registry.add(TeacherUpdate.class, "good", Config.class, TeacherUpdate.class);
    }
  }

  /** A plugin that brings the same name again. */
  public static final class Again implements WsssPlugin {
    @Override
    public void register(Registry registry) {
      registry.add(TeacherUpdate.class, "good", Config.class, TeacherUpdate.class);
    }
  }

  /** A plugin that cannot be made. */
  public static final class Closed implements WsssPlugin {
    private Closed() {}

    @Override
    public void register(Registry registry) {}
  }

  /** A plugin whose jar came without the one it needs. */
  public static final class Alone implements WsssPlugin {
    public Alone() {
      throw new NoClassDefFoundError("com/example/Needed");
    }

    @Override
    public void register(Registry registry) {}
  }

  /** A plugin that names a module whose jar is missing. */
  public static final class Half implements WsssPlugin {
    @Override
    public void register(Registry registry) {
      throw new NoClassDefFoundError("com/example/Module");
    }
  }

  @Test
  void modulesAreFoundThroughServicesLines() throws IOException {
    PluginCatalog catalog = discover(jar("good.jar", "# mine\n" + HERE + "$Good # really\n"));

    assertThat(catalog.names(TeacherUpdate.class)).containsExactly("copy", "ema", "frozen", "good");
  }

  @Test
  void twoModulesOfOneNameAreNamedWithTheirSources() {
    assertThatThrownBy(() -> PluginCatalog.of(List.of(new Good(), new Again())))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "two modules are called 'good' (TeacherUpdate):"
                + " dev.wsss.api.teacher.TeacherUpdate from test-classes and"
                + " dev.wsss.api.teacher.TeacherUpdate from test-classes; remove one jar or rename"
                + " one module");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Rcm", "my_module", "-a", "a-", "a--b", "2d", "a b", "type.x"})
  void aMalformedNameSaysWhatIsAllowed(String name) {
    WsssPlugin plugin =
        registry -> registry.add(TeacherUpdate.class, name, Config.class, TeacherUpdate.class);

    assertThatThrownBy(() -> PluginCatalog.of(List.of(plugin)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: module name '"
                + name
                + "' is not kebab-case; allowed are lower-case letters and digits in parts joined"
                + " by single hyphens, for example my-module");
  }

  @Test
  void aServicesLineThatNamesNoClass() throws IOException {
    ClassLoader loader = jar("my-plugin.jar", "com.example.Gone\n");

    assertThatThrownBy(() -> discover(loader))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "my-plugin.jar: META-INF/services/dev.wsss.api.plugin.WsssPlugin names"
                + " com.example.Gone, which is in no jar on the class path; correct the line or"
                + " rebuild the jar");
  }

  @Test
  void everyWrongLineOfEveryJarIsReported() throws IOException {
    ClassLoader loader =
        jar(
            "my-plugin.jar",
            "java.lang.String\n%1$s$Good\n%1$s$Closed\n%1$s$Alone\n".formatted(HERE));

    assertThatThrownBy(() -> discover(loader))
        .hasMessage(
            """
            my-plugin.jar: META-INF/services/dev.wsss.api.plugin.WsssPlugin names java.lang.String, \
            which does not implement WsssPlugin; implement it or remove the line
            my-plugin.jar: META-INF/services/dev.wsss.api.plugin.WsssPlugin names %1$s$Closed, \
            which has no public constructor without arguments; add one
            my-plugin.jar: META-INF/services/dev.wsss.api.plugin.WsssPlugin names %1$s$Alone, \
            which cannot be loaded (java.lang.NoClassDefFoundError: com/example/Needed); a jar that \
            it depends on is missing beside it, or is another version"""
                .formatted(HERE));
  }

  @Test
  void aPluginInAFolderIsNamedByTheFolder() throws IOException {
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve(SERVICES).getParent());
    Files.writeString(classes.resolve(SERVICES), "com.example.Gone");
    ClassLoader loader = loader(classes.toUri().toURL());

    assertThatThrownBy(() -> discover(loader))
        .hasMessage(
            "classes: META-INF/services/dev.wsss.api.plugin.WsssPlugin names com.example.Gone,"
                + " which is in no jar on the class path; correct the line or rebuild the jar");
  }

  @Test
  void aPluginThatNamesAMissingClass() {
    assertThatThrownBy(() -> PluginCatalog.of(List.of(new Half())))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: "
                + HERE
                + "$Half names a class that cannot be loaded (java.lang.NoClassDefFoundError:"
                + " com/example/Module); a jar that it depends on is missing beside it, or is"
                + " another version");
  }

  /** A plugin with a mistake of its own. */
  public static final class Failing implements WsssPlugin {
    @Override
    public void register(Registry registry) {
      throw new IllegalStateException("no tea");
    }
  }

  @Test
  void aPluginThatFailsIsNamed() {
    assertThatThrownBy(() -> PluginCatalog.of(List.of(new Failing())))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: "
                + HERE
                + "$Failing failed in register: java.lang.IllegalStateException: no tea; --debug"
                + " shows where");
  }

  /** An interface that nobody asks for. */
  interface TeacherUpdates extends TeacherUpdate {}

  @Test
  void anInterfaceThatNobodyAsksForIsRefused() {
    WsssPlugin plugin =
        registry -> registry.add(TeacherUpdates.class, "mine", Config.class, TeacherUpdates.class);

    assertThatThrownBy(() -> PluginCatalog.of(List.of(plugin)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: module 'mine' is registered for "
                + HERE
                + "$TeacherUpdates, which no module can implement; allowed are "
                + String.join(
                    ", ", Spi.ALL.stream().map(spi -> spi.type().getSimpleName()).toList())
                + "; did you mean 'TeacherUpdate'?");
  }

  record Weighted(double fromEpoch) {}

  record Typed(String type) {}

  interface Module extends SelfSupervision<String> {}

  @Test
  void aKeyThatTheSlotTakesIsRefused() {
    WsssPlugin weighted =
        registry -> registry.add(SelfSupervision.class, "mine", Weighted.class, Module.class);
    WsssPlugin typed =
        registry -> registry.add(TeacherUpdate.class, "mine", Typed.class, TeacherUpdate.class);

    assertThatThrownBy(() -> PluginCatalog.of(List.of(weighted)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: module 'mine' has the key 'from-epoch' in "
                + HERE
                + "$Weighted, which never reaches it: the slot around it has the keys from-epoch,"
                + " from-step, refine, type, weight; rename it");
    assertThatThrownBy(() -> PluginCatalog.of(List.of(typed)))
        .hasMessage(
            "test-classes: module 'mine' has the key 'type' in "
                + HERE
                + "$Typed, which never reaches it: the slot around it has the keys type; rename it");
  }

  /** The records in which a module's keys stand beside others. */
  @ParameterizedTest
  @ValueSource(classes = {SlotConfig.class, OptimiserConfig.class})
  void theKeysOfASlotAreThoseOfItsRecord(Class<? extends Record> slot) {
    Class<?> spi = slot == SlotConfig.class ? SelfSupervision.class : Optimiser.class;
    Set<String> keys =
        Arrays.stream(slot.getRecordComponents())
            .filter(component -> !component.isAnnotationPresent(Inline.class))
            .map(component -> Kebab.of(component.getName()))
            .collect(Collectors.toSet());

    assertThat(Spi.of(spi).orElseThrow().keysBeside()).isEqualTo(keys);
  }

  @Test
  void twoVersionsOfOneJarAreNamed() throws IOException {
    URL old = jarFile("mine-1.0.jar", HERE + "$Good");
    URL young = jarFile("mine-1.1.jar", HERE + "$Good");

    assertThatThrownBy(() -> discover(loader(old, young)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "plugin "
                + HERE
                + "$Good is in mine-1.0.jar and in mine-1.1.jar, and only one of them can count;"
                + " remove the other");
    URL copy = jarFile("copy/mine-1.0.jar", HERE + "$Good");
    assertThatThrownBy(() -> discover(loader(old, copy)))
        .hasMessage(
            "plugin %s$Good is in %s/mine-1.0.jar and in %s/copy/mine-1.0.jar, and only one of them"
                    .formatted(HERE, folder, folder)
                + " can count; remove the other");
  }

  @Test
  void jarsPackedIntoOneWithoutTheirServicesFiles() throws IOException {
    // The packed jar has kept one services file of two; what is hidden here is the other.
    ClassLoader packed =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return Collections.enumeration(
                Collections.list(super.getResources(name)).stream()
                    .filter(url -> !(name.equals(SERVICES) && url.getPath().contains("wsss-rcm")))
                    .toList());
          }
        };

    assertThatThrownBy(() -> discover(packed))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "dev.wsss.rcm.RcmPlugin is on the class path, but no"
                + " META-INF/services/dev.wsss.api.plugin.WsssPlugin names it; where several jars"
                + " are packed into one, merge these files as well (maven-shade-plugin:"
                + " ServicesResourceTransformer; Gradle's shadow: mergeServiceFiles())");
  }

  /** Says aloud that it is made. */
  public static final class Counted implements WsssPlugin {
    static final String MADE = "plugins made by this test";

    public Counted() {
      System.setProperty(MADE, System.getProperty(MADE, "") + "+");
    }

    @Override
    public void register(Registry registry) {}
  }

  @Test
  void aPluginIsMadeOnceAlsoWhereAnotherIsWrong() throws IOException {
    ClassLoader loader = jar("mine.jar", HERE + "$Counted\ncom.example.Gone");
    try {
      assertThatThrownBy(() -> discover(loader)).isInstanceOf(PluginException.class);
      assertThat(System.getProperty(Counted.MADE)).isEqualTo("+");
    } finally {
      System.clearProperty(Counted.MADE);
    }
  }

  @Test
  void jarsThatJavaLeavesOutAreNamed() throws IOException {
    URL whole = jarFile("whole.jar", "");
    byte[] bytes = Files.readAllBytes(Path.of(whole.getPath()));
    Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(bytes, bytes.length - 30));
    Path text = Files.writeString(folder.resolve("text.jar"), "<html>not found</html>");
    Path empty = Files.createFile(folder.resolve("empty.JAR"));
    Path other = Files.createFile(folder.resolve("notes.txt"));
    String classPath =
        Stream.of(Path.of(whole.getPath()), cut, text, empty, other, folder, Path.of("gone.jar"))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));

    assertThatThrownBy(() -> BrokenJars.refuse(classPath))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            """
            %1$s is no whole jar (zip END header not found); copy it again, or remove it from the \
            class path
            %2$s is no whole jar (zip END header not found); copy it again, or remove it from the \
            class path
            %3$s is no whole jar (zip file is empty); copy it again, or remove it from the class \
            path"""
                .formatted(cut, text, empty));
  }

  private static PluginCatalog discover(ClassLoader loader) {
    return PluginCatalog.discover(loader);
  }

  private ClassLoader jar(String name, String services) throws IOException {
    return loader(jarFile(name, services));
  }

  private URL jarFile(String name, String services) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(SERVICES));
      zip.write(services.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return jar.toUri().toURL();
  }

  private static ClassLoader loader(URL... urls) {
    return new URLClassLoader(urls, PluginErrorsTest.class.getClassLoader());
  }
}
