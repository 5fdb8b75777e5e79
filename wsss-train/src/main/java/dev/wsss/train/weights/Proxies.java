package dev.wsss.train.weights;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies as the environment of most programs names them: {@code https_proxy}, {@code http_proxy}
 * and {@code no_proxy}, in small letters or capitals.
 *
 * @param environment variables by name
 */
record Proxies(Map<String, String> environment) {

  Proxies {
    environment = Map.copyOf(environment);
  }

  /**
   * The proxy on the way to an address; empty where Java's own settings count.
   *
   * @throws IllegalArgumentException if the variable names no host and port
   */
  Optional<Proxy> to(URI address) {
    String name = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    Optional<String> value = variable(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (isExcepted(address.getHost())) {
      return Optional.of(Proxy.NO_PROXY);
    }
    String text = value.get();
    URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
    if (proxy.getHost() == null || proxy.getPort() < 0) {
      throw new IllegalArgumentException(
          "%s is '%s'; allowed: http://HOST:PORT".formatted(name, text));
    }
    return Optional.of(
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort())));
  }

  private boolean isExcepted(String host) {
    return Arrays.stream(variable("no_proxy").orElse("").split(","))
        .map(name -> name.strip().replaceFirst("^\\*?\\.", ""))
        .filter(name -> !name.isEmpty())
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }
}
