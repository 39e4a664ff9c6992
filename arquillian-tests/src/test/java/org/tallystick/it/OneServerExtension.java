package org.tallystick.it;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes Arquillian start one server for all test classes instead of one for each. */
public final class OneServerExtension implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(OneServer.class);
  }
}
