package org.tallystick.staff;

import java.util.List;

/**
 * What browsers are asked to do with a security key, in the forms that they parse themselves.
 *
 * <p>Source: W3C Web Authentication Level 3, 5.1.9 and 5.1.10 ({@code
 * PublicKeyCredentialCreationOptionsJSON}, {@code PublicKeyCredentialRequestOptionsJSON}).
 */
final class KeyOptions {
  private static final String REQUIRED = "required";
  private static final String TYPE = "public-key";
  private static final int TIMEOUT_MILLIS = 120_000;
  private static final int ES256 = -7;

  private KeyOptions() {}

  /** One key that there is. */
  public record Descriptor(String type, String id) {}

  /** Answer to a password that was right where a key has to follow. */
  public record Asked(Get publicKey) {}

  /** What {@code navigator.credentials.get} takes. */
  public record Get(
      String challenge,
      int timeout,
      String rpId,
      List<Descriptor> allowCredentials,
      String userVerification) {}

  /** Answer to the wish to register a key. */
  public record New(Create publicKey) {}

  /** The site. */
  public record Site(String id, String name) {}

  /** Whose key it is to be. */
  public record User(String id, String name, String displayName) {}

  /** A kind of key. */
  public record Kind(String type, int alg) {}

  /** What the key has to be able to. */
  public record Selection(String residentKey, String userVerification) {}

  /** What {@code navigator.credentials.create} takes. */
  public record Create(
      Site rp,
      User user,
      String challenge,
      List<Kind> pubKeyCredParams,
      int timeout,
      List<Descriptor> excludeCredentials,
      Selection authenticatorSelection,
      String attestation) {}

  static Asked of(KeyAsked asked) {
    return new Asked(
        new Get(
            asked.challenge(),
            TIMEOUT_MILLIS,
            asked.rpId(),
            descriptors(asked.credentials()),
            REQUIRED));
  }

  static New of(StaffKeys.NewKey wanted) {
    return new New(
        new Create(
            new Site(wanted.rpId(), wanted.rpId()),
            new User(wanted.userHandle(), wanted.user(), wanted.user()),
            wanted.challenge(),
            List.of(new Kind(TYPE, ES256)),
            TIMEOUT_MILLIS,
            descriptors(wanted.known()),
            new Selection("discouraged", REQUIRED),
            "none"));
  }

  private static List<Descriptor> descriptors(List<String> credentials) {
    return credentials.stream().map(id -> new Descriptor(TYPE, id)).toList();
  }
}
