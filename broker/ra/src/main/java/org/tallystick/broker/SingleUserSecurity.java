package org.tallystick.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** Lets exactly one user in, who may use every address; passwords are compared in constant time. */
final class SingleUserSecurity implements ActiveMQSecurityManager {
  private final byte[] user;
  private final byte[] password;

  SingleUserSecurity(String user, String password) {
    this.user = user.getBytes(StandardCharsets.UTF_8);
    this.password = password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean validateUser(String givenUser, String givenPassword) {
    boolean rightPassword = same(password, givenPassword);
    return same(user, givenUser) && rightPassword;
  }

  @Override
  public boolean validateUserAndRole(
      String givenUser, String givenPassword, Set<Role> roles, CheckType checkType) {
    return checkType != CheckType.MANAGE && validateUser(givenUser, givenPassword);
  }

  private static boolean same(byte[] expected, String given) {
    return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
  }
}
