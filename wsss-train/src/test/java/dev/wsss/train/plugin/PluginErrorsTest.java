package dev.wsss.train.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.teacher.TeacherUpdate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private static PluginCatalog discover(ClassLoader loader) {
    return PluginCatalog.discover(loader);
  }

  private ClassLoader jar(String name, String services) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(SERVICES));
      zip.write(services.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return loader(jar.toUri().toURL());
  }

  private static ClassLoader loader(URL... urls) {
    return new URLClassLoader(urls, PluginErrorsTest.class.getClassLoader());
  }
}
