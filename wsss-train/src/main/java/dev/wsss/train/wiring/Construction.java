package dev.wsss.train.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import dev.wsss.api.config.ConfigException;
import dev.wsss.train.engine.EngineDefaults;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Makes objects with an injector, whose reports users do not see. */
final class Construction {

  private Construction() {}

  /**
   * Makes an injector and asks it.
   *
   * @throws RuntimeException what a module's constructor threw, unwrapped from the injector's
   *     report
   */
  static <T> T from(Module module, Function<Injector, T> ask) {
    EngineDefaults.set();
    try {
      return ask.apply(Guice.createInjector(module));
    } catch (CreationException e) {
      throw firstCause(e.getErrorMessages(), e);
    } catch (ProvisionException e) {
      throw firstCause(e.getErrorMessages(), e);
    }
  }

  private static RuntimeException firstCause(
      Collection<Message> messages, RuntimeException report) {
    return messages.stream()
        .map(Message::getCause)
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .map(Construction::asProblem)
        .findFirst()
        .orElse(report);
  }

  /** A module that refuses what it is given says so of the configuration. */
  private static RuntimeException asProblem(RuntimeException cause) {
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? new ConfigException(List.of(cause.getMessage()))
        : cause;
  }
}
