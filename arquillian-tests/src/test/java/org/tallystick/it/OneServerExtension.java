package org.tallystick.it;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Makes Arquillian start one server for all test classes instead of one for each; a full server
 * where the build names one, else Payara Micro.
 */
public final class OneServerExtension implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(OneServer.class);
    if (!FullServerContainer.name().isBlank()) {
      builder.override(
          DeployableContainer.class,
          PayaraMicroDeployableContainer.class,
          FullServerContainer.class);
    }
  }
}
