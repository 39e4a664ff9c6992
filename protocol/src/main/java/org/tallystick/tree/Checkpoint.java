package org.tallystick.tree;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * What the bank says its tree is: whoever holds one knows if the bank ever shows another past.
 *
 * <p>Shape: CBOR {1: format, 2: consortium, 3: body, 4: time, 5: recovery epoch}. The body is that
 * of a C2SP tlog-checkpoint without extension lines: origin, size in decimal, root hash in base64
 * (RFC 4648, 4), each ended by a line feed.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1; RFC 9162, 2.1; C2SP tlog-checkpoint.
 *
 * @param consortium two letters
 * @param origin names the log, see {@link #origin}
 * @param size leaves, 1 or more
 * @param root 32 bytes
 * @param timeMillis bank clock; later than that of every checkpoint before
 * @param recoveryEpoch of the bank when it was signed
 */
public record Checkpoint(
    String consortium, String origin, long size, byte[] root, long timeMillis, long recoveryEpoch) {
  /** What its signature is bound to. */
  public static final String TYPE = "checkpoint";

  /** Most bytes of a signed one, by either algorithm. */
  public static final int MAX_LENGTH = 4 * 1024;

  private static final int MAX_BODY = 160;
  private static final Pattern BODY =
      Pattern.compile("([^\\n]+)\\n([1-9][0-9]{0,18})\\n([A-Za-z0-9+/]{43}=)\\n");

  /** Name of a bank's log: {@code tallystick/}, consortium, {@code /}, b64(root fingerprint). */
  public static String origin(String consortium, byte[] rootFingerprint) {
    return "tallystick/" + consortium + "/" + Base64Url.encode(rootFingerprint);
  }

  /** The three lines that any tool for transparency logs reads. */
  public String body() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(body()))
        .put(4, Cbor.of(timeMillis))
        .put(5, Cbor.of(recoveryEpoch))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Checkpoint decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    map.integer(1, Format.VERSION, Format.VERSION);
    String consortium = map.text(2, 2);
    Matcher body = BODY.matcher(map.text(3, MAX_BODY));
    if (!body.matches()) {
      throw new MalformedInputException("not the body of a checkpoint");
    }
    Checkpoint checkpoint =
        new Checkpoint(
            consortium,
            body.group(1),
            size(body.group(2)),
            root(body.group(3)),
            map.integer(4, 0, Long.MAX_VALUE),
            map.integer(5, 0, Integer.MAX_VALUE));
    map.end();
    return checkpoint;
  }

  /** Signs; returns the COSE_Sign1. Devices of any suite read it, so it names suite 1. */
  public byte[] sign(MessageSigner key) {
    return Signed.sign(key, TYPE, Suite.CLASSIC, consortium, encode());
  }

  /** What signed bytes say, unchecked; for who has checked them before. */
  public static Checkpoint unchecked(byte[] sign1) {
    return decode(CoseSign1.decode(sign1, MAX_LENGTH).payload());
  }

  /**
   * C1 and V8: reads a checkpoint that the bank has signed by keys that are valid at its time.
   *
   * @param signed with a second signature exactly where suite is HYBRID
   * @param suite of who reads
   * @param rootFingerprint of the bank whose log it must be
   * @throws MalformedInputException if it is none, or of another log
   * @throws SignatureRefusedException if a signature is missing, too many or does not hold
   */
  public static Checkpoint verify(
      SignedCheckpoint signed, Suite suite, BankKeySet bank, byte[] rootFingerprint) {
    byte[] sign1 = signed.sign1();
    byte[] second = signed.second();
    byte[] payload = CoseSign1.decode(sign1, MAX_LENGTH).payload();
    Checkpoint checkpoint = decode(payload);
    if ((second != null) != (suite == Suite.HYBRID)) {
      throw new SignatureRefusedException(TYPE);
    }
    checkpoint.payload(sign1, SignatureAlgorithm.ES256, bank);
    if (second != null
        && !Arrays.equals(
            payload, checkpoint.payload(second, SignatureAlgorithm.ML_DSA_65, bank))) {
      throw new SignatureRefusedException(TYPE);
    }
    if (!checkpoint.consortium.equals(bank.consortium())
        || !checkpoint.origin.equals(origin(bank.consortium(), rootFingerprint))) {
      throw new MalformedInputException("checkpoint of another log");
    }
    return checkpoint;
  }

  private byte[] payload(byte[] sign1, SignatureAlgorithm by, BankKeySet bank) {
    return bank.payload(sign1, BankKey.CHECKPOINT, by, TYPE, Suite.CLASSIC, "", timeMillis);
  }

  private static long size(String decimal) {
    try {
      return Long.parseLong(decimal);
    } catch (NumberFormatException e) {
      throw new MalformedInputException("a size that no tree has");
    }
  }

  private static byte[] root(String base64) {
    byte[] root = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(root).equals(base64)) {
      throw new MalformedInputException("not canonical base64");
    }
    return root;
  }
}
