package org.tallystick.vectors;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.tallystick.code.Code;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.sequencer.OneTimeKeys;

/** COSE messages as they must not be, and the structures that are signed and authenticated. */
final class Cose {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private Cose() {}

  static byte[] sigStructure(CoseSign1 message, byte[] aad) {
    return Cbor.array(
            Cbor.of("Signature1"),
            Cbor.of(message.protectedBytes()),
            Cbor.of(aad),
            Cbor.of(message.payload()))
        .encode();
  }

  static byte[] encStructure(CoseEncrypt0 message, byte[] aad) {
    return Cbor.array(Cbor.of("Encrypt0"), Cbor.of(message.protectedBytes()), Cbor.of(aad))
        .encode();
  }

  static byte[] sign1(byte[] header, Cbor unprotected, byte[] payload, byte[] signature) {
    return Cbor.array(Cbor.of(header), unprotected, Cbor.of(payload), Cbor.of(signature)).encode();
  }

  /** The same signature with n − s in place of s. */
  static byte[] highS(byte[] sign1) {
    CoseSign1 good = CoseSign1.decode(sign1);
    byte[] s = Arrays.copyOfRange(good.signature(), 32, 64);
    byte[] high = ORDER.subtract(new BigInteger(1, s)).toByteArray();
    byte[] signature = good.signature().clone();
    Arrays.fill(signature, 32, 64, (byte) 0);
    int length = Math.min(32, high.length);
    System.arraycopy(high, high.length - length, signature, 64 - length, length);
    return sign1(good.protectedBytes(), Cbor.map().build(), good.payload(), signature);
  }

  /** A COSE_Sign1 whose signature lacks its last byte. */
  static byte[] cut(byte[] sign1) {
    CoseSign1 good = CoseSign1.decode(sign1);
    byte[] signature = Arrays.copyOf(good.signature(), good.signature().length - 1);
    return sign1(good.protectedBytes(), Cbor.map().build(), good.payload(), signature);
  }

  static byte[] flipped(byte[] bytes, int index) {
    byte[] changed = bytes.clone();
    changed[index < 0 ? changed.length + index : index] ^= 1;
    return changed;
  }

  static byte[] with(byte[] bytes, int... more) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
    for (int i = 0; i < more.length; i++) {
      longer[bytes.length + i] = (byte) more[i];
    }
    return longer;
  }

  /** Puts bytes in front. */
  static byte[] after(byte[] bytes, int... first) {
    byte[] longer = new byte[first.length + bytes.length];
    for (int i = 0; i < first.length; i++) {
      longer[i] = (byte) first[i];
    }
    System.arraycopy(bytes, 0, longer, first.length, bytes.length);
    return longer;
  }

  /** A map with one member put or replaced; null takes it out. */
  static Cbor.Map with(Cbor.Map map, long key, Cbor value) {
    Cbor.MapBuilder builder = Cbor.map();
    for (Cbor.Entry entry : map.entries()) {
      long label = entry.key().asLong();
      if (label != key) {
        builder.put(label, entry.value());
      }
    }
    return builder.putIfPresent(key, value).build();
  }

  /** Seals a plaintext under a half's one-time key as the device would. */
  static String seal(
      ExampleHalf half, String consortium, String number, String account, byte[] plaintext) {
    byte[] aad = Format.aad("code", half.party.binding.suite(), consortium, number, account);
    try (OneTimeKeys keys = half.keys();
        Secret key = keys.key();
        Secret ivKey = keys.ivKey()) {
      byte[] iv = Sealed.syntheticIv(ivKey, aad, plaintext);
      byte[] sealed =
          CoseEncrypt0.seal(
              key.reveal(), iv, headers(keys, half.party.binding.suite().value()), aad, plaintext);
      return String.join("::", List.of(consortium, number, account, Base64Url.encode(sealed)));
    }
  }

  static Cbor.Map headers(OneTimeKeys keys, long suite) {
    return Cbor.map()
        .put(Code.SUITE_LABEL, Cbor.of(suite))
        .put(Code.HINT_LABEL, Cbor.of(keys.hint()))
        .build();
  }
}
