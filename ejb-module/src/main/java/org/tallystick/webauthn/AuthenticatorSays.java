package org.tallystick.webauthn;

import static org.tallystick.webauthn.CeremonyRefusedException.require;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;

/**
 * What the security key says: hash of the RP ID (32 bytes), flags (1), count (4, big-endian), then
 * with flag AT the new credential, with flag ED outputs of extensions, which are passed over.
 *
 * <p>Source: W3C Web Authentication Level 3, 6.1 (authenticator data) and 6.5.1 (attested
 * credential data).
 */
final class AuthenticatorSays {
  static final int MAX_BYTES = 4096;
  private static final int HEAD_LENGTH = 37;
  private static final int HASH_LENGTH = 32;
  private static final int AAGUID_LENGTH = 16;
  private static final int MAX_CREDENTIAL_ID = 1023;
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int BACKUP_ELIGIBLE = 0x08;
  private static final int BACKED_UP = 0x10;
  private static final int ATTESTED = 0x40;
  private static final int EXTENDED = 0x80;

  /** A COSE_Key of ES256 is always so long: each of its values has one form (RFC 9053, 7.1.1). */
  private static final int ES256_KEY_LENGTH = 77;

  private final byte[] rpIdHash;
  private final int flags;
  private final long signCount;
  private final @Nullable NewCredential credential;

  /** A credential's id and its key. */
  record NewCredential(byte[] id, VerificationKey key) {}

  private AuthenticatorSays(ByteBuffer input) throws CeremonyRefusedException {
    rpIdHash = take(input, HASH_LENGTH);
    flags = input.get() & 0xFF;
    signCount = input.getInt() & 0xFFFF_FFFFL;
    credential = has(ATTESTED) ? credential(input) : null;
    byte[] rest = take(input, input.remaining());
    if (has(EXTENDED)) {
      require(Cbor.decode(rest) instanceof Cbor.Map, Fault.MALFORMED);
    } else {
      require(rest.length == 0, Fault.MALFORMED);
    }
  }

  static AuthenticatorSays read(byte[] bytes) throws CeremonyRefusedException {
    require(bytes.length >= HEAD_LENGTH && bytes.length <= MAX_BYTES, Fault.MALFORMED);
    try {
      return new AuthenticatorSays(ByteBuffer.wrap(bytes));
    } catch (MalformedInputException e) {
      CeremonyRefusedException refusal = new CeremonyRefusedException(Fault.MALFORMED);
      refusal.initCause(e);
      throw refusal;
    }
  }

  /** Steps 14 to 17 of 7.1, 15 to 18 of 7.2. */
  void check(RelyingParty site) throws CeremonyRefusedException {
    byte[] expected = Sha256.of(site.id().getBytes(StandardCharsets.US_ASCII));
    require(Arrays.equals(rpIdHash, expected), Fault.RP_ID);
    require(has(USER_PRESENT), Fault.USER_NOT_PRESENT);
    require(has(USER_VERIFIED), Fault.USER_NOT_VERIFIED);
    require(has(BACKUP_ELIGIBLE) || !has(BACKED_UP), Fault.BACKUP_FLAGS);
  }

  boolean backupEligible() {
    return has(BACKUP_ELIGIBLE);
  }

  long signCount() {
    return signCount;
  }

  Optional<NewCredential> credential() {
    return Optional.ofNullable(credential);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private static NewCredential credential(ByteBuffer input) throws CeremonyRefusedException {
    require(input.remaining() >= AAGUID_LENGTH + 2, Fault.MALFORMED);
    input.position(input.position() + AAGUID_LENGTH);
    int length = input.getShort() & 0xFFFF;
    require(length > 0 && length <= MAX_CREDENTIAL_ID, Fault.MALFORMED); // step 25 of 7.1
    byte[] id = take(input, length);
    require(input.remaining() >= ES256_KEY_LENGTH, Fault.KEY);
    return new NewCredential(id, es256(take(input, ES256_KEY_LENGTH)));
  }

  /** Step 20 of 7.1: the only kind of key that was asked for. */
  private static VerificationKey es256(byte[] coseKey) throws CeremonyRefusedException {
    try {
      if (Cbor.decode(coseKey) instanceof Cbor.Map key) {
        boolean ec2 = isNumber(key, 1, 2) && isNumber(key, 3, -7) && isNumber(key, -1, 1);
        require(ec2 && key.entries().size() == 5, Fault.KEY);
        byte[] sec1 = new byte[65];
        sec1[0] = 4;
        System.arraycopy(coordinate(key, -2), 0, sec1, 1, 32);
        System.arraycopy(coordinate(key, -3), 0, sec1, 33, 32);
        return VerificationKey.ofPoint(sec1);
      }
    } catch (MalformedInputException e) {
      CeremonyRefusedException refusal = new CeremonyRefusedException(Fault.KEY);
      refusal.initCause(e);
      throw refusal;
    }
    throw new CeremonyRefusedException(Fault.KEY);
  }

  private static boolean isNumber(Cbor.Map key, long label, long value) {
    return key.get(label).filter(Cbor.of(value)::equals).isPresent();
  }

  private static byte[] coordinate(Cbor.Map key, long label) {
    return key.get(label)
        .orElseThrow(() -> new MalformedInputException("coordinate missing"))
        .asBytes(32);
  }

  private static byte[] take(ByteBuffer input, int length) throws CeremonyRefusedException {
    require(input.remaining() >= length, Fault.MALFORMED);
    byte[] bytes = new byte[length];
    input.get(bytes);
    return bytes;
  }
}
