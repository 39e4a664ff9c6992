package org.tallystick.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The HTTP interface: every resource of every feature lives below {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class ApiApplication extends Application {
  /** Jersey describes itself in WADL to whoever asks, with its version; others do not know this. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
