package org.tallystick.vectors;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.HalfTerms;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.rekey.BankRekey;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.rekey.RekeyOutcome;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/** The payer of the worked example goes on to epoch 1 after its first code: section R.2. */
final class ExampleRekey {
  final ExamplePayment payment;
  final ExampleParty party;
  final EpochRoot base;
  final ExampleRequest request;
  final PendingRekey pending;
  final RekeyOutcome.Granted granted;
  final RequestResult.Rekey result;
  final EpochSecrets secrets;
  final DeviceSequence sequence;
  final ExampleHalf first;
  private final String name;
  private final byte[] scalar;
  private final byte @Nullable [] seed;
  private final byte[] bankScalar;
  private final byte @Nullable [] kemRandom;

  ExampleRekey(ExamplePayment payment) {
    this.payment = payment;
    party = payment.payer;
    name = party.name + " rekey";
    boolean hybrid = party.binding.suite() == Suite.HYBRID;
    base = new EpochRoot(0, party.secrets.root());
    scalar = Fixed.bytes(name + " key", 32);
    seed = hybrid ? Fixed.bytes(name + " ML-KEM key", 64) : null;
    bankScalar = Fixed.bytes(name + " key of the bank", 32);
    kemRandom = hybrid ? Fixed.bytes(name + " ML-KEM message", 32) : null;
    pending =
        PendingRekey.begin(
            ExampleRequest.sealer(name, party),
            party.binding,
            base,
            ExampleRequest.challenge(name),
            party.aliases.get(2),
            1,
            payment.payerHalf.sealed.next().n(),
            Fixed.NOW,
            seed == null ? Fixed.random(scalar) : Fixed.random(scalar, seed));
    request = new ExampleRequest(name, party, base, 2, pending.sent());
    granted = grant();
    List<byte[]> aliases = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      aliases.add(Fixed.bytes(name + " alias " + i, 17));
    }
    result = granted.result(aliases);
    secrets = pending.complete(base, party.binding, result).orElseThrow();
    sequence = payment.payerHalf.sealed.next().rekeyed(1, secrets);
    first = new ExampleHalf(name + " half", party, sequence, terms(), aliases.get(0));
  }

  private RekeyOutcome.Granted grant() {
    DeviceEpochs bank =
        DeviceEpochs.enrolled(
            party.binding.suite(),
            party.binding.deviceId(),
            party.secrets.epoch(),
            0,
            Fixed.NOW - 86_400_000);
    OpenedRequest opened =
        new RequestOpener(
                ExampleBank.CONSORTIUM,
                party.binding.suite(),
                party.binding.deviceId(),
                party.device.verificationKey(),
                bank.roots())
            .open(request.sealed)
            .orElseThrow();
    RequestArguments.Rekey asked =
        (RequestArguments.Rekey)
            RequestArguments.decode(RequestKind.REKEY, opened.body().arguments());
    return (RekeyOutcome.Granted)
        new BankRekey(
                kemRandom == null ? Fixed.random(bankScalar) : Fixed.random(bankScalar, kemRandom))
            .rekey(bank, opened, asked, 0, Fixed.NOW, Fixed.NOW + 86_400_000);
  }

  private HalfTerms terms() {
    HalfTerms before = payment.payerHalf.terms;
    return new HalfTerms(
        before.role(),
        before.purpose(),
        "0123456789ABCDEF",
        Fixed.bytes(name + " bill hash", 32),
        before.amount(),
        before.counterparty(),
        before.notAfterMillis(),
        null,
        party.pin,
        null,
        1,
        payment.payerSide.line().head());
  }

  /** Request, reply, what both sides derive, and the first code of the fresh epoch. */
  List<Vector> vectors() {
    return List.of(
        request.vector(),
        request.done(name + " reply", payment.bank, result),
        vector(),
        first.vector("the payer's first code after the rekey"),
        example().vector());
  }

  /** The last thing in the payer's log. */
  Notice notice() {
    return example().notice;
  }

  private ExampleNotice example() {
    return new ExampleNotice(
        "a device was suspended",
        party,
        payment.bank,
        DownChain.initial(1, secrets.down()),
        2,
        payment.payerSide.line().head(),
        new NoticeSubject.DeviceSuspended(Fixed.bytes("lost device id", 16), "OWNER"));
  }

  /** What the check of a rekey needs. */
  Vector inputs(Vector vector) {
    return vector
        .suite(party.binding.suite())
        .hex("deviceId", party.binding.deviceId())
        .integer("baseEpoch", base.epoch())
        .hex("root", base.root().reveal())
        .integer("epoch", pending.epoch())
        .text("request", request.sent.text())
        .hex("hash", request.sent.hash())
        .hex("ephemeralScalar", scalar)
        .hex("kemSeed", seed);
  }

  Vector vector() {
    byte[] ciphertext = granted.ciphertext();
    byte[] z = z();
    byte[] prk = Hkdf.extract(base.root().reveal(), z);
    byte[] transcript =
        Sha256.of(granted.ephemeralKey(), ciphertext == null ? new byte[0] : ciphertext);
    EcdhKey own = EcdhKey.ofScalar(scalar);
    return inputs(Vector.of("rekey", name))
        .integer("next", payment.payerHalf.sealed.next().n())
        .hex("ephemeralPublic", own.compressedPoint())
        .hex("encapsulationKey", seed == null ? null : MlKemKey.ofSeed(seed).encapsulationKey())
        .hex("bankScalar", bankScalar)
        .hex("bankPublic", granted.ephemeralKey())
        .hex("kemRandom", kemRandom)
        .hex("kemSecret", kemSecret())
        .hex("ciphertext", ciphertext)
        .hex("result", result.encode())
        .hex("agreed", own.agreeCompressed(granted.ephemeralKey()))
        .hex("z", z)
        .hex("P", prk)
        .hex("transcript", transcript)
        .part(
            "outputs",
            Vector.part()
                .hex("string1", out(prk, "string1", 32, transcript))
                .hex("string2", out(prk, "string2", 32, transcript))
                .hex("first", out(prk, "first", 6, transcript))
                .hex("root", out(prk, "root", 32, transcript))
                .hex("down", out(prk, "down", 32, transcript)))
        .integer("n0", secrets.first())
        .integer("closed", payment.payerHalf.sealed.next().n());
  }

  private byte @Nullable [] kemSecret() {
    byte[] ciphertext = granted.ciphertext();
    return seed == null || ciphertext == null
        ? null
        : MlKemKey.ofSeed(seed).decapsulate(ciphertext).reveal().clone();
  }

  private byte[] z() {
    byte[] agreed = EcdhKey.ofScalar(scalar).agreeCompressed(granted.ephemeralKey());
    byte[] second = kemSecret();
    return second == null ? agreed : ByteBuffer.allocate(64).put(agreed).put(second).array();
  }

  private byte[] out(byte[] prk, String label, int length, byte[] transcript) {
    byte[] info =
        Cbor.array(
                Cbor.of(label),
                party.binding.suite().toCbor(),
                Cbor.of(party.binding.deviceId()),
                Cbor.of(pending.epoch()),
                Cbor.of(request.sent.hash()),
                Cbor.of(transcript))
            .encode();
    return Hkdf.expand(prk, info, length);
  }

  EpochRoot root() {
    return new EpochRoot(1, Secret.copyOf(secrets.root().reveal()));
  }
}
