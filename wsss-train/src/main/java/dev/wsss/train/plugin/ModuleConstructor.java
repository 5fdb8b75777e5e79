package dev.wsss.train.plugin;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.RegisteredModule;
import jakarta.inject.Inject;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The constructor of a chosen module. What a plugin's author got wrong is said in one line, with
 * the place in the configuration, the class and its jar.
 *
 * @param <S> the SPI
 */
public final class ModuleConstructor<S> {
  private final String place;
  private final RegisteredModule<? extends S> module;
  private final Object config;
  private final Constructor<? extends S> constructor;

  /**
   * Finds the constructor.
   *
   * @param place dotted key of the module, such as {@code self-supervision.rcm}
   * @throws PluginException if there is none that can be called
   */
  public ModuleConstructor(String place, Choice<? extends S> choice) {
    this.place = place;
    this.module = choice.module();
    this.config = choice.config();
    if (Modifier.isAbstract(module.implementation().getModifiers())) {
      throw wrong("is abstract; register a class that can be made");
    }
    refuseOtherInjection(module.implementation());
    this.constructor = marked();
    List<Class<?>> allowed = new ArrayList<>(List.of(module.config()));
    Spi.of(module.spi()).ifPresent(spi -> allowed.addAll(spi.injectable()));
    for (Class<?> parameter : constructor.getParameterTypes()) {
      if (!allowed.contains(parameter)) {
        throw wrong(
            "asks for "
                + parameter.getName()
                + " in its constructor; allowed are "
                + allowed.stream().map(Class::getSimpleName).collect(Collectors.joining(", ")));
      }
    }
  }

  /** What it takes. */
  public List<Class<?>> parameters() {
    return List.of(constructor.getParameterTypes());
  }

  /**
   * Calls it.
   *
   * @throws ConfigException if the module refuses what it is given
   * @throws PluginException if the module fails
   */
  public S make(List<Object> arguments) {
    try {
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " cannot be called", e);
    }
  }

  /** Calls the constructor of a module that takes its configuration and nothing else. */
  public S makeFromConfig() {
    return make(Collections.nCopies(parameters().size(), config));
  }

  /** Calls the constructor of a module that takes its configuration and these services. */
  public S makeWith(List<?> services) {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> parameter : parameters()) {
      arguments.add(
          services.stream()
              .filter(parameter::isInstance)
              .<Object>map(service -> service)
              .findFirst()
              .orElse(config));
    }
    return make(arguments);
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
      return new ConfigException(List.of(place + ": " + cause.getMessage()));
    }
    if (cause instanceof RuntimeException e
        && e.getClass().getPackageName().startsWith("dev.wsss.")) {
      return e; // for instance a DataException, which says where by itself
    }
    if (cause instanceof Error e && !(e instanceof LinkageError)) {
      throw e;
    }
    return new PluginException(
        subject() + " failed in its constructor: " + cause + "; --debug shows where", cause);
  }

  private Constructor<? extends S> marked() {
    @SuppressWarnings("unchecked") // the constructors of a class make instances of that class
    List<Constructor<? extends S>> marked =
        Arrays.stream(
                (Constructor<? extends S>[]) module.implementation().getDeclaredConstructors())
            .filter(c -> c.isAnnotationPresent(Inject.class))
            .toList();
    if (marked.isEmpty()) {
      throw wrong(
          "has no constructor marked with jakarta.inject.Inject; mark the one that makes it");
    }
    if (marked.size() > 1) {
      throw wrong(
          "has "
              + marked.size()
              + " constructors marked with jakarta.inject.Inject; mark only the one that makes it");
    }
    return marked.get(0);
  }

  /** Fields and methods would stay without a word what they are. */
  private void refuseOtherInjection(Class<?> type) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      Stream.concat(
              Arrays.stream(owner.getDeclaredFields()), Arrays.stream(owner.getDeclaredMethods()))
          .filter(member -> ((AccessibleObject) member).isAnnotationPresent(Inject.class))
          .findFirst()
          .ifPresent(
              member -> {
                throw wrong(
                    "marks "
                        + ((Member) member).getName()
                        + " with jakarta.inject.Inject; only a constructor is given anything");
              });
    }
  }

  private PluginException wrong(String what) {
    return new PluginException(subject() + " " + what);
  }

  private String subject() {
    return place
        + ": "
        + module.implementation().getName()
        + " ('"
        + module.name()
        + "' from "
        + module.source()
        + ")";
  }
}
