package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tallystick.it.ApiDocument.Operation;
import org.tallystick.it.ApiDocument.Shown;

/** How the state that an example needs comes about, and who then asks. */
@FunctionalInterface
interface Scene {
  /** Makes the state and gives the call; the example's body is put in by whoever sends it. */
  Call set(Sample sample) throws Exception;

  /**
   * An example that is sent, and what the document says is answered.
   *
   * @param operation that is asked for
   * @param request what is sent; null where nothing is
   * @param status of the answer
   * @param answer what is answered; null where no body is
   */
  record Sample(
      Operation operation, @Nullable Shown request, String status, @Nullable Shown answer) {
    /** Name of the request's example or, without one, its media type; empty without a request. */
    String sent() {
      Shown shown = request;
      return shown == null ? "" : shown.name().isEmpty() ? shown.media() : shown.name();
    }

    /** Name of the answer's example; empty without one. */
    String answered() {
      Shown shown = answer;
      return shown == null ? "" : shown.name();
    }

    /** The request's example. */
    @Nullable JsonNode body() {
      Shown shown = request;
      return shown == null ? null : shown.value();
    }

    @Override
    public String toString() {
      return (operation.id() + " " + sent() + " " + status + " " + answered()).replace("  ", " ");
    }
  }
}
