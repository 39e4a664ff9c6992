package org.tallystick.partner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some clients of an institution, oldest first.
 *
 * @param clients the page
 * @param next give this back to get the next page; null on the last
 */
public record ClientPage(List<ClientView> clients, @Nullable String next) {
  /** Copies the list. */
  public ClientPage {
    clients = List.copyOf(clients);
  }
}
