package dev.wsss.train.provenance;

import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.Provenance.Machine;
import dev.wsss.train.provenance.Provenance.Session;
import dev.wsss.train.provenance.Provenance.Source;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the program that runs now. */
final class Sessions {

  private Sessions() {}

  static Session now(PluginCatalog catalog, List<String> command, String device)
      throws IOException {
    return new Session(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        List.copyOf(command),
        device,
        machine(),
        modules(catalog),
        libraries());
  }

  private static Machine machine() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Processor.here(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  private static List<Source> modules(PluginCatalog catalog) throws IOException {
    Map<String, List<RegisteredModule<?>>> bySource = new LinkedHashMap<>();
    for (RegisteredModule<?> module : catalog.all()) {
      bySource.computeIfAbsent(module.source(), s -> new ArrayList<>()).add(module);
    }
    List<Source> sources = new ArrayList<>();
    for (Map.Entry<String, List<RegisteredModule<?>>> entry : bySource.entrySet()) {
      Optional<Path> jar =
          CodeHash.placeOf(entry.getValue().get(0).implementation()).filter(Files::isRegularFile);
      sources.add(
          new Source(
              entry.getKey(),
              jar.isPresent() ? Sha256.of(jar.get()) : "",
              entry.getValue().stream()
                  .map(module -> module.spi().getSimpleName() + " " + module.name())
                  .toList()));
    }
    return sources;
  }

  private static List<String> libraries() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(entry -> new File(entry).getName())
        .filter(name -> name.endsWith(".jar"))
        .sorted()
        .toList();
  }
}
