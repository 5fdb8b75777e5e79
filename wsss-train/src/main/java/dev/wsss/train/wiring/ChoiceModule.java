package dev.wsss.train.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import dev.wsss.api.config.Choice;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.train.plugin.ModuleConstructor;
import java.util.ArrayList;
import java.util.List;

/**
 * One chosen module, made once with its own configuration: two modules of one type, such as two
 * slots, hold different ones.
 *
 * @param <S> the SPI
 */
final class ChoiceModule<S> extends AbstractModule {
  private final Key<S> key;
  private final String place;
  private final Choice<? extends S> choice;

  /**
   * @param place dotted key of the module, such as {@code self-supervision.rcm}
   */
  ChoiceModule(Key<S> key, String place, Choice<? extends S> choice) {
    this.key = key;
    this.place = place;
    this.choice = choice;
  }

  @Override
  protected void configure() {
    ModuleConstructor<S> constructor;
    try {
      constructor = new ModuleConstructor<>(place, choice);
    } catch (PluginException e) {
      // Guice writes what is thrown here to the log, stack trace and all; from a provider it is
      // not.
      bind(key)
          .toProvider(
              () -> {
                throw e;
              });
      return;
    }
    List<Provider<?>> arguments = new ArrayList<>();
    for (Class<?> parameter : constructor.parameters()) {
      arguments.add(
          parameter == choice.module().config() ? choice::config : getProvider(parameter));
    }
    bind(key)
        .toProvider(() -> constructor.make(arguments.stream().<Object>map(Provider::get).toList()))
        .in(Scopes.SINGLETON);
  }
}
