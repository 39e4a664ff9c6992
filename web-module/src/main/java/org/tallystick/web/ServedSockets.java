package org.tallystick.web;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Notes each web socket that the container is about to open, and lets it open them all.
 *
 * <p>Source: Jakarta WebSocket 2.1, 6.2.
 */
public class ServedSockets implements ServerApplicationConfig {
  private static final Set<String> ALL = new ConcurrentSkipListSet<>();

  /** Paths of web sockets. */
  static List<String> all() {
    return List.copyOf(ALL);
  }

  /** Those made by hand: a container opens none that is not returned here, and there are none. */
  @Override
  public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
    return Set.of();
  }

  @Override
  public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
    for (Class<?> type : found) {
      Optional.ofNullable(type.getAnnotation(ServerEndpoint.class))
          .map(ServerEndpoint::value)
          .ifPresent(ALL::add);
    }
    return found;
  }
}
