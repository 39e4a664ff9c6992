package org.tallystick.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tallystick.alias.AliasKey;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.EnrolmentTerms;
import org.tallystick.enrolment.Footprint;
import org.tallystick.enrolment.Message1;
import org.tallystick.enrolment.Offer;
import org.tallystick.format.Suite;
import org.tallystick.pin.PinVerifier;

/** One party of the worked example, enrolled: both sides of section 3 with all their values. */
final class ExampleParty {
  static final String PIN = "739204";

  /** What the devices of the example know. */
  static final List<Integer> SUITES = List.of(Suite.CLASSIC.value(), Suite.HYBRID.value());

  final String name;
  final byte[] deviceScalar;
  final SigningKey device;
  final byte[] pinSecret;
  final byte[] pinSalt;
  final @Nullable PinVerifier pin;
  final Activation activation;
  final EcdhKey hpkeKey;
  final byte[] hpkeScalar;
  final byte[] ephemeralScalar;
  final byte @Nullable [] kemSeed;
  final @Nullable MlKemKey kemKey;
  final byte @Nullable [] kemRandom;
  final MlKemKey.@Nullable Encapsulated encapsulated;
  final Offer offer;
  final EnrolmentTerms terms;
  final byte[] psk;
  final byte[] bind;
  final FixedHpke hpke;
  final byte[] message1;
  final byte[] bankNonce;
  final EnrolmentSecrets secrets;
  final DeviceBinding binding;
  final byte[] bindingRecord;
  final List<byte[]> aliases = new ArrayList<>();
  final byte @Nullable [] certificate;
  final byte[] message2;

  ExampleParty(String name, boolean provider, ExampleBank bank, Suite suite) {
    this.name = name;
    deviceScalar = Fixed.bytes(name + " device key", 32);
    device = SigningKey.ofScalar(deviceScalar);
    pinSecret = Fixed.bytes(name + " PIN secret", 32);
    pinSalt = Fixed.bytes(name + " PIN salt", 16);
    pin =
        provider
            ? null
            : PinVerifier.ofPin(
                PIN.toCharArray(), Secret.copyOf(pinSecret), pinSalt, PinVerifier.ITERATIONS);
    hpkeScalar = Fixed.bytes(name + " HPKE key", 32);
    hpkeKey = EcdhKey.ofScalar(hpkeScalar);
    ephemeralScalar = Fixed.bytes(name + " HPKE ephemeral key", 32);
    boolean hybrid = suite == Suite.HYBRID;
    kemSeed = hybrid ? Fixed.bytes(name + " ML-KEM key", MlKemKey.SEED_LENGTH) : null;
    kemKey = kemSeed == null ? null : MlKemKey.ofSeed(kemSeed);
    kemRandom = hybrid ? Fixed.bytes(name + " ML-KEM message", 32) : null;
    byte[] encapsulationKey = kemKey == null ? null : kemKey.encapsulationKey();
    encapsulated =
        encapsulationKey == null || kemRandom == null
            ? null
            : MlKemKey.encapsulate(encapsulationKey, Fixed.random(kemRandom));
    activation =
        new Activation(
            Fixed.bytes(name + " enrolment id", 16),
            Fixed.secret(name + " activation code", 16),
            Activation.fingerprint(hpkeKey.publicPoint(), encapsulationKey));
    offer =
        new Offer(
            ExampleBank.CONSORTIUM,
            ExampleBank.NAME,
            activation.enrolmentId(),
            provider ? "PROVIDER" : "USER",
            3,
            "We agree: each code is used once. Grüße.",
            hpkeKey.publicPoint(),
            hybrid ? SUITES : List.of(Suite.CLASSIC.value()),
            1,
            Fixed.NOW + 900_000,
            encapsulationKey);
    terms = EnrolmentTerms.choose(offer, SUITES, Suite.CLASSIC).orElseThrow();
    psk = psk();
    bind = bindRequest().sign(device, ExampleBank.CONSORTIUM);
    hpke =
        FixedHpke.seal(
            EcdhKey.ofScalar(ephemeralScalar),
            offer.hpkePoint(),
            terms.info(),
            psk,
            activation.enrolmentId(),
            bind,
            EnrolmentSecrets.EXPORTER);
    message1 =
        new Message1(
                hpke.enc(),
                hpke.ciphertext(),
                encapsulated == null ? null : encapsulated.ciphertext())
            .encode();
    bankNonce = Fixed.bytes(name + " bank nonce", 32);
    secrets = EnrolmentSecrets.derive(Secret.copyOf(hpke.exported()), message1, bankNonce, suite);
    binding =
        new DeviceBinding(
            ExampleBank.CONSORTIUM,
            suite,
            Fixed.bytes(name + " device id", 16),
            Fixed.bytes(name + " account identifier", 16),
            Fixed.bytes(name + " contract id", 16),
            Fixed.bytes(name + " binding value", 16));
    bindingRecord = record().sign(bank.certificate);
    IntStream.range(0, BindReply.ALIASES).forEach(i -> aliases.add(alias(bank.aliasKey, i)));
    certificate = provider ? certificate(bank) : null;
    message2 =
        new BindReply(
                binding,
                List.copyOf(aliases),
                provider ? BindReply.OPERATOR : BindReply.ATTENDED,
                bindingRecord,
                Fixed.NOW,
                certificate,
                0)
            .seal(secrets, bankNonce);
  }

  private BindRequest bindRequest() {
    return new BindRequest(
        Sha256.of(terms.info()),
        device.verificationKey(),
        new Footprint("Maker", "Model", name, "Linux", "0.1"),
        pin == null ? null : pin.toBytes(),
        Fixed.bytes(name + " device nonce", 32),
        offer.contractHash(),
        Fixed.NOW,
        SUITES,
        terms.chosen());
  }

  private byte[] psk() {
    byte[] id = activation.enrolmentId();
    if (kemKey == null || encapsulated == null) {
      return Activation.psk(id, activation.code()).reveal();
    }
    return Activation.psk(
            id,
            activation.code(),
            encapsulated.secret(),
            kemKey.encapsulationKey(),
            encapsulated.ciphertext())
        .reveal();
  }

  private BindingRecord record() {
    return new BindingRecord(
        ExampleBank.CONSORTIUM,
        binding.deviceId(),
        binding.accountIdentifier(),
        binding.contractId(),
        device.verificationKey(),
        offer.contractHash(),
        offer.role(),
        Fixed.NOW,
        Sha256.of(bind),
        binding.suite());
  }

  private byte[] alias(AliasKey key, int i) {
    return key.alias(deviceIndex(), Fixed.random(Fixed.bytes(name + " alias " + i, 8)));
  }

  long deviceIndex() {
    return offer.role().equals("USER") ? 41 : 42;
  }

  private byte[] certificate(ExampleBank bank) {
    return certificate(Fixed.NOW - 1_000, Fixed.NOW + 86_399_000, "Café Zwölf", "Zürich")
        .sign(bank.certificate);
  }

  ProviderCertificate certificate(long notBefore, long notAfter, String display, String place) {
    return new ProviderCertificate(
        ExampleBank.CONSORTIUM,
        binding.accountIdentifier(),
        binding.deviceId(),
        device.verificationKey(),
        display,
        place,
        notBefore,
        notAfter);
  }

  DeviceSequence sequence() {
    return DeviceSequence.initial(secrets.first(), secrets.string1(), secrets.string2());
  }

  /** Inputs and every value of section 3, in order. */
  Vector vector(ExampleBank bank) {
    return Vector.of("enrolment", "enrolment of the " + name)
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("enrolmentId", activation.enrolmentId())
        .hex("activationCode", activation.code().reveal())
        .hex("hpkeScalar", hpkeScalar)
        .hex("hpkePublic", hpkeKey.publicPoint())
        .suite(binding.suite())
        .integer("minimumSuite", Suite.CLASSIC.value())
        .hex("kemSeed", kemSeed)
        .hex("encapsulationKey", offer.encapsulationKey())
        .hex("fingerprint", activation.fingerprint())
        .text("activation", activation.text())
        .text("contract", offer.contractText())
        .hex("offer", offer.encode())
        .hex("info", terms.info())
        .hex("infoHash", Sha256.of(terms.info()))
        .hex("kemRandom", kemRandom)
        .hex("kemSecret", encapsulated == null ? null : encapsulated.secret().reveal())
        .hex("kemCiphertext", encapsulated == null ? null : encapsulated.ciphertext())
        .hex("psk", psk)
        .hex("deviceScalar", deviceScalar)
        .hex("devicePublic", device.verificationKey().compressed())
        .text("pin", pin == null ? null : PIN)
        .hex("pinSecret", pin == null ? null : pinSecret)
        .hex("pinSalt", pin == null ? null : pinSalt)
        .hex("v", pin == null ? null : pin.toBytes())
        .hex("bind", bind)
        .hex("ephemeralScalar", ephemeralScalar)
        .part("hpke", hpkeVector())
        .hex("message1", message1)
        .hex("message1Hash", Sha256.of(message1))
        .hex("bankNonce", bankNonce)
        .part("outputs", outputs())
        .hex("certificatePublic", bank.certificate.verificationKey().compressed())
        .hex("bindingRecord", bindingRecord)
        .hex("message2", message2)
        .hex("deviceConfirmation", secrets.deviceConfirmation(message1, message2))
        .integer("n0", secrets.first());
  }

  private Vector hpkeVector() {
    return Vector.part()
        .hex("enc", hpke.enc())
        .hex("dh", hpke.dh())
        .hex("sharedSecret", hpke.sharedSecret())
        .hex("keyScheduleContext", hpke.keyScheduleContext())
        .hex("secret", hpke.secret())
        .hex("key", hpke.key())
        .hex("baseNonce", hpke.baseNonce())
        .hex("exporterSecret", hpke.exporterSecret())
        .hex("ciphertext", hpke.ciphertext())
        .hex("exported", hpke.exported());
  }

  /** P and out(label) of section 3. */
  private Vector outputs() {
    byte[] prk = org.tallystick.crypto.Hkdf.extract(secrets.transcript(), hpke.exported());
    Vector outputs = Vector.part().hex("P", prk);
    for (String label :
        List.of(
            "string1",
            "string2",
            "first",
            "root",
            "down",
            "bank confirm",
            "device confirm",
            "reply key",
            "reply iv")) {
      int length = label.equals("first") ? 6 : label.equals("reply iv") ? 12 : 32;
      byte[] info = Cbor.array(Cbor.of(label), binding.suite().toCbor()).encode();
      outputs.hex(label, org.tallystick.crypto.Hkdf.expand(prk, info, length));
    }
    return outputs;
  }
}
