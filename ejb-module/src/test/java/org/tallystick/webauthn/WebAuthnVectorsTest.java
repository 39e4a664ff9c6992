package org.tallystick.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.webauthn.AuthenticationCeremony.Known;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;
import org.tallystick.webauthn.RegistrationCeremony.Credential;

/**
 * The ES256 examples of W3C Web Authentication Level 3, "Test Vectors". Where one lacks what is
 * required here (a verified user, no foreign frame, no maker's certificate), the refusal names
 * exactly that, and its signature is checked beside.
 */
class WebAuthnVectorsTest {
  private static final RelyingParty SITE =
      new RelyingParty("example.org", Set.of("https://example.org"));

  private static JsonObject vector(String name) {
    try (JsonReader reader =
        Json.createReader(
            WebAuthnVectorsTest.class.getResourceAsStream("/webauthn-level-3.json"))) {
      return reader.readObject().getJsonArray("vectors").stream()
          .map(value -> value.asJsonObject())
          .filter(vector -> vector.getString("name").equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static byte[] hex(JsonObject vector, String part, String name) {
    return HexFormat.of().parseHex(vector.getJsonObject(part).getString(name));
  }

  private static Credential register(JsonObject vector) throws CeremonyRefusedException {
    return RegistrationCeremony.check(
        SITE,
        hex(vector, "registration", "challenge"),
        ClientSays.read(hex(vector, "registration", "clientDataJSON")),
        hex(vector, "registration", "attestationObject"));
  }

  /** Id and key as the object has them, whatever the policy says of the rest. */
  private static Known known(JsonObject vector) throws CeremonyRefusedException {
    Cbor.Map object =
        (Cbor.Map) Cbor.decode(hex(vector, "registration", "attestationObject"), 8192);
    AuthenticatorSays says = AuthenticatorSays.read(object.get("authData").orElseThrow().asBytes());
    assertThat(says.credential().orElseThrow().id())
        .isEqualTo(hex(vector, "registration", "credential_id"));
    return new Known(
        says.credential().orElseThrow().key(), says.signCount(), says.backupEligible());
  }

  private static long authenticate(JsonObject vector) throws CeremonyRefusedException {
    return AuthenticationCeremony.check(
        SITE,
        hex(vector, "authentication", "challenge"),
        known(vector),
        client(vector),
        hex(vector, "authentication", "authenticatorData"),
        hex(vector, "authentication", "signature"));
  }

  private static ClientSays client(JsonObject vector) throws CeremonyRefusedException {
    return ClientSays.read(hex(vector, "authentication", "clientDataJSON"));
  }

  private static void assertSigned(JsonObject vector) throws CeremonyRefusedException {
    byte[] data = hex(vector, "authentication", "authenticatorData");
    byte[] signature = hex(vector, "authentication", "signature");
    assertThat(
            AuthenticationCeremony.isSigned(known(vector).key(), client(vector), data, signature))
        .isTrue();
    data[36] ^= 1;
    assertThat(
            AuthenticationCeremony.isSigned(known(vector).key(), client(vector), data, signature))
        .isFalse();
  }

  interface Ceremony {
    void run() throws CeremonyRefusedException;
  }

  private static void assertRefused(Fault fault, Ceremony ceremony) {
    assertThatThrownBy(ceremony::run)
        .isInstanceOfSatisfying(
            CeremonyRefusedException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void packedSelfEs256_registers_andItsSignaturesAreGood() throws Exception {
    JsonObject vector = vector("packed-self-es256");
    Credential credential = register(vector);
    assertThat(credential.id()).isEqualTo(hex(vector, "registration", "credential_id"));
    assertThat(credential.backupEligible()).isTrue();
    assertSigned(vector);
    assertRefused(Fault.USER_NOT_VERIFIED, () -> authenticate(vector));
  }

  @Test
  void noneEs256LongCredentialId_authenticates() throws Exception {
    JsonObject vector = vector("none-es256-long-credential-id");
    assertThat(authenticate(vector)).isZero();
    assertRefused(Fault.USER_NOT_VERIFIED, () -> register(vector));
  }

  @Test
  void packedEs256_withAMakersCertificate_authenticates_butDoesNotRegister() throws Exception {
    JsonObject vector = vector("packed-es256");
    assertThat(authenticate(vector)).isZero();
    assertRefused(Fault.ATTESTATION, () -> register(vector));
  }

  @Test
  void noneEs256_withoutAVerifiedUser_isRefused_butSigned() throws Exception {
    JsonObject vector = vector("none-es256");
    assertSigned(vector);
    assertRefused(Fault.USER_NOT_VERIFIED, () -> register(vector));
    assertRefused(Fault.USER_NOT_VERIFIED, () -> authenticate(vector));
  }

  @Test
  void noneEs256_inAFrameOfAnotherSite_isRefused_butSigned() throws Exception {
    for (String name : Set.of("none-es256-crossOrigin", "none-es256-topOrigin")) {
      JsonObject vector = vector(name);
      assertSigned(vector);
      assertRefused(Fault.CROSS_ORIGIN, () -> register(vector));
      assertRefused(Fault.CROSS_ORIGIN, () -> authenticate(vector));
    }
  }
}
