package org.tallystick.privacy;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.Caller;

/** The place that the present request has among {@link ExportStreams}, however it ends. */
@RequestScoped
public class CurrentExport {
  @Inject ExportStreams streams;
  @Inject Caller caller;
  private @Nullable String begun;

  /** Takes a place until the request ends; false where there is none, or the caller has one. */
  public boolean begin() {
    String name = caller.name().orElseThrow();
    if (!streams.begin(name)) {
      return false;
    }
    begun = name;
    return true;
  }

  @PreDestroy
  void end() {
    if (begun != null) {
      streams.end(begun);
    }
  }
}
