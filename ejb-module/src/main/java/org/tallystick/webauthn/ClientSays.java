package org.tallystick.webauthn;

import static org.tallystick.webauthn.CeremonyRefusedException.require;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.json.ForeignJson;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;

/**
 * What the browser says about a ceremony, as JSON that the key has signed the hash of.
 *
 * <p>Source: W3C Web Authentication Level 3, 5.8.1; members that are not known are passed over.
 */
public final class ClientSays {
  /** Longest text that is read, in bytes. */
  public static final int MAX_BYTES = 4096;

  private final JsonObject members;
  private final byte[] challenge;
  private final byte[] hash;

  private ClientSays(JsonObject members, byte[] challenge, byte[] hash) {
    this.members = members;
    this.challenge = challenge;
    this.hash = hash;
  }

  /** Reads it, without looking whether it is as it should be. */
  public static ClientSays read(byte[] json) throws CeremonyRefusedException {
    require(json.length <= MAX_BYTES, Fault.MALFORMED);
    try {
      JsonObject members = ForeignJson.object(json);
      byte[] challenge = ForeignJson.bytes(members, "challenge");
      return new ClientSays(members, challenge, Sha256.of(json));
    } catch (MalformedInputException e) {
      CeremonyRefusedException refusal = new CeremonyRefusedException(Fault.MALFORMED);
      refusal.initCause(e);
      throw refusal;
    }
  }

  /** What was to be signed, as the browser was told. */
  public byte[] challenge() {
    return challenge.clone();
  }

  /** SHA-256 of the text. */
  byte[] hash() {
    return hash;
  }

  /** Steps 7 to 11 of 7.1, 10 to 14 of 7.2. */
  void check(String type, byte[] expectedChallenge, RelyingParty site)
      throws CeremonyRefusedException {
    require(text("type").equals(type), Fault.TYPE);
    require(Arrays.equals(challenge, expectedChallenge), Fault.CHALLENGE);
    require(site.origins().contains(text("origin")), Fault.ORIGIN);
    boolean sameOrigin =
        !members.containsKey("crossOrigin") || members.get("crossOrigin") == JsonValue.FALSE;
    require(sameOrigin && !members.containsKey("topOrigin"), Fault.CROSS_ORIGIN);
  }

  private String text(String name) {
    return ForeignJson.text(members, name).orElse("");
  }
}
