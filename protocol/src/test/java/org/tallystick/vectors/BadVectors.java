package org.tallystick.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.tallystick.bill.Bill;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.OpenResult;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.Message1;
import org.tallystick.enrolment.Offer;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.DeviceEpochs;

/**
 * Presents what must be refused to the protocol's own classes. Each check gives the class of the
 * refusal: {@code malformed}, {@code signature}, {@code dropped}, or the step of the protocol; or
 * {@code accepted}, which no vector expects.
 */
final class BadVectors {
  static final Map<String, Function<VectorReader, String>> CHECKS = new TreeMap<>();

  private static final String ACCEPTED = "accepted";

  static {
    put("cbor-bad", v -> Cbor.decode(v.hex("hex")));
    put("base64url-bad", v -> Base64Url.decode(v.text("text")));
    put("number-bad", v -> TransactionNumber.bytes(v.text("text")));
    put("number-typed-bad", v -> TransactionNumber.typed(v.text("text")));
    put("activation-bad", v -> Activation.parse(v.text("text")));
    put("sign1-bad", BadVectors::sign1);
    put("keys-bad", BadVectors::keys);
    put("offer-bad", v -> Offer.decode(v.hex("offer")));
    put("receipt-bad", GoodVectors::signedReceipt);
    put("evidence-bad", v -> EvidenceBundle.decode(v.hex("bundle")));
    put("alias-bad", BadVectors::alias);
    put("agreement-bad", AgreementChecks::verified);
    CHECKS.put("code-bad", BadVectors::code);
    CHECKS.put("bill-bad", BadVectors::bill);
    CHECKS.put("message1-bad", BadVectors::message1);
    CHECKS.put("message2-bad", v -> sealed(() -> message2(v)));
    CHECKS.put("answer-bad", BadVectors::answer);
    CHECKS.put("log-bad", BadVectors::log);
    CHECKS.putAll(RequestChecks.BAD);
    CHECKS.putAll(AdditionChecks.BAD);
    CHECKS.putAll(CheckpointChecks.BAD);
  }

  private BadVectors() {}

  private interface Reading {
    Object read(VectorReader v);
  }

  private static void put(String kind, Reading reading) {
    CHECKS.put(
        kind,
        v -> {
          try {
            return ACCEPTED + " as " + reading.read(v);
          } catch (MalformedInputException e) {
            return "malformed";
          } catch (SignatureRefusedException e) {
            return "signature";
          } catch (IllegalArgumentException e) {
            return "malformed"; // what money and its like say of a value out of range
          }
        });
  }

  private static String sealed(java.util.function.Supplier<Optional<?>> opening) {
    try {
      return opening.get().isPresent() ? ACCEPTED : "dropped";
    } catch (MalformedInputException e) {
      return "malformed";
    }
  }

  private static byte[] sign1(VectorReader v) {
    return Signed.payload(
        v.hex("sign1"),
        v.key("public"),
        v.text("type"),
        v.suite(),
        v.text("consortium"),
        v.text("number"),
        v.text("account"));
  }

  private static BankKeySet keys(VectorReader v) {
    return BankKeySet.verify(
        v.hex("keySet"), v.hex("rootPublic"), v.hex("fingerprint"), v.text("consortium"));
  }

  private static byte[] alias(VectorReader v) {
    byte[] alias = Base64Url.decode(v.text("text"));
    if (alias.length != org.tallystick.alias.AliasKey.LENGTH) {
      throw new MalformedInputException("clear account field has 17 bytes");
    }
    return alias;
  }

  private static String code(VectorReader v) {
    VectorReader bank = v.part("bank");
    DeviceEpochs state = BankView.of(bank, bank.integer("next"));
    List<VectorReader> records = new ArrayList<>();
    v.node().path("consumed").forEach(one -> records.add(new VectorReader(one)));
    Code code;
    try {
      code = Code.parse(v.text("code"));
    } catch (MalformedInputException e) {
      return "O1";
    }
    long now = v.integer("at");
    OpenResult result =
        new CodeOpener(
                bank.key("devicePublic"),
                state,
                GoodVectors.consumed(records),
                BankView.heads(bank),
                bank.node().path("recoveryEpoch").asLong())
            .open(code, now, now + 86_400_000);
    if (result instanceof OpenResult.Dropped dropped) {
      return dropped.step();
    }
    if (result instanceof OpenResult.RekeyFirst) {
      return "O9c";
    }
    if (result instanceof OpenResult.Opened opened && !opened.half().numberIsOwn()) {
      return "O8b";
    }
    return result instanceof OpenResult.Compromised compromised ? compromised.step() : ACCEPTED;
  }

  private static String bill(VectorReader v) {
    BankKeySet keys = BankKeySet.verify(v.hex("keySet"), v.key("rootPublic"), v.text("consortium"));
    try {
      Bill.ofQrText(v.text("text")).check(keys, v.integer("at"));
      return ACCEPTED;
    } catch (SignatureRefusedException e) {
      return "B2";
    } catch (MalformedInputException e) {
      String message = String.valueOf(e.getMessage());
      String step = message.matches("B[1-7]: .*") ? message.substring(0, 2) : "B1";
      return message.contains("add up") ? "B5" : step;
    } catch (IllegalArgumentException e) {
      return "B1";
    }
  }

  private static Optional<Message1.Opened> opened(VectorReader v) {
    byte[] seed = v.hexOrNull("kemSeed");
    return Message1.decode(v.hex("message1"))
        .open(
            Offer.decode(v.hex("offer")),
            Suite.of(v.integer("minimumSuite")),
            v.secret("activationCode"),
            EcdhKey.ofScalar(v.hex("hpkeScalar")),
            seed == null ? null : MlKemKey.ofSeed(seed));
  }

  /** What opens and is then refused for what it says is {@code request}. */
  private static String message1(VectorReader v) {
    Optional<Message1.Opened> opened;
    try {
      opened = opened(v);
    } catch (MalformedInputException e) {
      return "malformed";
    }
    if (opened.isEmpty()) {
      return "dropped";
    }
    try {
      BindRequest.verify(opened.get().bind(), opened.get().terms());
      return ACCEPTED;
    } catch (MalformedInputException | SignatureRefusedException e) {
      return "request";
    }
  }

  private static Optional<BindReply> message2(VectorReader v) {
    byte[] message2 = v.hex("message2");
    EnrolmentSecrets secrets =
        EnrolmentSecrets.derive(
            Secret.adopt(v.hex("exported")),
            v.hex("message1"),
            BindReply.bankNonce(message2),
            v.suite());
    return BindReply.open(message2, secrets, v.text("consortium"));
  }

  /** The library tells nobody whether seal or signature failed; both are refused alike. */
  private static String answer(VectorReader v) {
    return GoodVectors.open(v).isPresent() ? ACCEPTED : v.refusal();
  }

  private static String log(VectorReader v) {
    LogLine line =
        new LogLine(v.integer("index"), v.hex("column1"), v.hex("column2"), v.hex("column3"));
    try {
      return line.extendsHead(v.integer("at"), v.hex("before")) ? ACCEPTED : "A5";
    } catch (MalformedInputException e) {
      return "A5";
    }
  }
}
