package org.tallystick.broker;

import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects with a given user where the caller names none.
 *
 * <p>Servers pass an empty user name where a pool has none of its own; taken at its word it would
 * hide the resource adapter's user and password from a remote broker.
 */
@SuppressWarnings("serial") // never serialized
final class LoginConnectionFactory extends ActiveMQXAConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final String user;
  private final transient char[] password;

  LoginConnectionFactory(ServerLocator locator, String user, String password) {
    super(locator);
    this.user = user;
    this.password = password.toCharArray();
    setEnableSharedClientID(true);
  }

  @Override
  protected synchronized ActiveMQConnection createConnectionInternal(
      @Nullable String givenUser, @Nullable String givenPassword, boolean xa, int type)
      throws JMSException {
    boolean named = givenUser != null && !givenUser.isEmpty();
    return named
        ? super.createConnectionInternal(givenUser, givenPassword, xa, type)
        : super.createConnectionInternal(user, String.valueOf(password), xa, type);
  }
}
