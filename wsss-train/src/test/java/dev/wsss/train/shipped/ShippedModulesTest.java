package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.plugin.ShippedModules;
import dev.wsss.train.plugin.Spi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What error messages say of our own jars is what the jars bring. */
class ShippedModulesTest {
  private final ShippedModules shipped = new ShippedModules();

  @Test
  void everyModuleIsListedUnderTheJarThatBringsIt() {
    Map<String, String> artifactOf = new HashMap<>();
    shipped.plugins().forEach((artifact, plugin) -> artifactOf.put(plugin, artifact));
    Map<String, String> brought = new TreeMap<>();
    for (WsssPlugin plugin : ServiceLoader.load(WsssPlugin.class)) {
      for (RegisteredModule<?> module : PluginCatalog.of(List.of(plugin)).all()) {
        brought.put(
            module.spi().getSimpleName() + "." + module.name(),
            artifactOf.get(plugin.getClass().getName()));
      }
    }
    Map<String, String> listed = new TreeMap<>();
    for (Spi spi : Spi.ALL) {
      shipped
          .of(spi.type())
          .forEach((name, jar) -> listed.put(spi.type().getSimpleName() + "." + name, jar));
    }

    assertThat(listed).isEqualTo(brought);
  }

  @Test
  void everyPluginIsListed() {
    assertThat(shipped.plugins().values())
        .containsExactlyInAnyOrderElementsOf(
            ServiceLoader.load(WsssPlugin.class).stream()
                .map(provider -> provider.type().getName())
                .collect(Collectors.toList()));
  }
}
