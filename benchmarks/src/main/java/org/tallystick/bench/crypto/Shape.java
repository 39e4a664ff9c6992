package org.tallystick.bench.crypto;

import java.util.List;
import java.util.stream.Stream;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.SealedHalf;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;

/**
 * The inputs of the primitives that one half is made of, by their lengths in bytes. No way of
 * writing the protocol comes out with fewer.
 *
 * <p>Source: docs/PROTOCOL.md sections 1.1, 4, 5 and 7.
 *
 * @param hmacs inputs of HMAC-SHA-256 under keys of 32 bytes: one extract and six expands for the
 *     one-time keys, extract, expand and tag for the PIN proof, the tag that gives the IV
 * @param hashes inputs of SHA-256 beside those of the signature: private map, code
 * @param gcmAad additional data of the code
 * @param plaintext of the code
 * @param signedBytes what is signed: Sig_structure
 */
record Shape(
    List<Integer> hmacs, List<Integer> hashes, int gcmAad, int plaintext, int signedBytes) {
  private static final List<String> OUTPUTS = List.of("key", "iv", "hint", "pin", "reply", "next");

  static Shape of(Purchase purchase) {
    SealedHalf sealed = purchase.seal();
    OpenedHalf opened = purchase.open(sealed.text());
    String account = opened.code().account();
    CoseEncrypt0 code = CoseEncrypt0.decode(Base64Url.decode(sealed.text().split("::", -1)[3]));
    CoseSign1 half = CoseSign1.decode(sealed.half());
    byte[] privateMap = opened.privateMap().encode();
    byte[] plaintext = encode(Cbor.of(sealed.half()), Cbor.of(privateMap));
    byte[] codeAad = aad("code", account);
    byte[] gcmAad = encode(Cbor.of("Encrypt0"), Cbor.of(code.protectedBytes()), Cbor.of(codeAad));
    byte[] signedBytes =
        encode(
            Cbor.of("Signature1"),
            Cbor.of(half.protectedBytes()),
            Cbor.of(aad("half", account)),
            Cbor.of(half.payload()));
    Stream<Integer> oneTimeKeys =
        OUTPUTS.stream().map(label -> 1 + info(label, purchase.deviceId()).length);
    Stream<Integer> pin =
        Stream.of(32, 1 + encode(Cbor.of("pin proof")).length, pinContext(purchase).length);
    Stream<Integer> iv = Stream.of(encode(Cbor.of(codeAad), Cbor.of(plaintext)).length);
    return new Shape(
        Stream.of(Stream.of(32), oneTimeKeys, pin, iv).flatMap(part -> part).toList(),
        List.of(privateMap.length, sealed.text().length()),
        gcmAad.length,
        plaintext.length,
        signedBytes.length);
  }

  private static byte[] info(String label, byte[] deviceId) {
    return encode(Cbor.of(label), Cbor.of(1), Cbor.of(deviceId), Cbor.of(0), Cbor.of(Purchase.N));
  }

  private static byte[] pinContext(Purchase purchase) {
    return encode(
        Cbor.of("pin"),
        Cbor.of(purchase.deviceId()),
        Cbor.of(0),
        Cbor.of(Purchase.N),
        Cbor.of(1),
        Cbor.of(Purchase.BILL_HASH));
  }

  private static byte[] aad(String type, String account) {
    return encode(
        Cbor.of("tallystick"),
        Cbor.of(type),
        Cbor.of(1),
        Cbor.of(1),
        Cbor.of(Purchase.CONSORTIUM),
        Cbor.of(Purchase.CONSORTIUM),
        Cbor.of(Purchase.NUMBER),
        Cbor.of(account));
  }

  private static byte[] encode(Cbor... items) {
    return Cbor.array(items).encode();
  }
}
