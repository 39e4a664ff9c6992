package org.tallystick.staff;

import org.tallystick.codec.Base64Url;
import org.tallystick.json.StrictJson;

/**
 * What browsers make of a security key's answer by {@code toJSON()}.
 *
 * <p>Source: W3C Web Authentication Level 3, 5.1 ({@code RegistrationResponseJSON}, {@code
 * AuthenticationResponseJSON}); members that the server has no use for are let pass.
 */
final class KeyCredential {
  private static final int MAX_ID = 1023;
  private static final int MAX_CLIENT_DATA = 4096;
  private static final int MAX_ATTESTATION = 8192;
  private static final int MAX_SIGNATURE = 256;
  private static final int MAX_HANDLE = 64;

  private KeyCredential() {}

  /** A new key. */
  record Created(byte[] clientDataJson, byte[] attestationObject) {}

  /** A known key has signed; no handle is an empty one. */
  record Signed(
      byte[] id,
      byte[] userHandle,
      byte[] clientDataJson,
      byte[] authenticatorData,
      byte[] signature) {}

  static Created created(StrictJson credential) {
    envelope(credential);
    StrictJson response = credential.requireObject("response");
    byte[] clientData = response.requireBytes("clientDataJSON", MAX_CLIENT_DATA);
    byte[] attestation = response.requireBytes("attestationObject", MAX_ATTESTATION);
    for (String more :
        new String[] {"authenticatorData", "transports", "publicKey", "publicKeyAlgorithm"}) {
      response.letPass(more);
    }
    response.end();
    credential.end();
    return new Created(clientData, attestation);
  }

  static Signed signed(StrictJson credential) {
    byte[] id = envelope(credential);
    StrictJson response = credential.requireObject("response");
    byte[] clientData = response.requireBytes("clientDataJSON", MAX_CLIENT_DATA);
    byte[] authenticatorData = response.requireBytes("authenticatorData", MAX_CLIENT_DATA);
    byte[] signature = response.requireBytes("signature", MAX_SIGNATURE);
    byte[] handle = response.optionalBytes("userHandle", MAX_HANDLE).orElse(new byte[0]);
    response.end();
    credential.end();
    return new Signed(id, handle, clientData, authenticatorData, signature);
  }

  private static byte[] envelope(StrictJson credential) {
    byte[] id = credential.requireBytes("id", MAX_ID);
    credential.requireExactly("rawId", Base64Url.encode(id));
    credential.requireExactly("type", "public-key");
    credential.letPass("authenticatorAttachment");
    credential.letPass("clientExtensionResults");
    return id;
  }
}
