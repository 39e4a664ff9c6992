package org.tallystick.party;

import org.tallystick.codec.Base64Url;

/** What each sealed column of a party is bound to, so that none opens in another's place. */
final class SealContext {
  private SealContext() {}

  static String partyKey(byte[] registration) {
    return of(registration, "key");
  }

  static String name(byte[] registration) {
    return of(registration, "name");
  }

  static String email(byte[] registration) {
    return of(registration, "email");
  }

  static String accountBinding(byte[] registration) {
    return of(registration, "account-binding");
  }

  static String identification(byte[] registration, int edition) {
    return of(registration, "identification/" + edition);
  }

  static String document(byte[] registration, byte[] publicId) {
    return of(registration, "document/" + Base64Url.encode(publicId));
  }

  private static String of(byte[] registration, String column) {
    return "party/" + Base64Url.encode(registration) + "/" + column;
  }
}
