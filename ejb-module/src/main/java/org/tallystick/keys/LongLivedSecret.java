package org.tallystick.keys;

/** The symmetric keys that a node holds besides its key-encryption key, 32 bytes each. */
enum LongLivedSecret {
  /** Seals personal data. */
  PERSONAL("personal"),
  /** The first alias key. */
  ALIAS("alias-1"),
  /** Look-up hashes. */
  SEARCH("search"),
  /** Stateless tokens. */
  TOKEN("token");

  static final int LENGTH = 32;

  private final String entry;

  LongLivedSecret(String entry) {
    this.entry = entry;
  }

  /** Its name where it is stored; never to be changed. */
  String entry() {
    return entry;
  }
}
