package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.text;
import static org.tallystick.fuzz.Parser.typed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tallystick.bill.Bill;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.NfcPayload;
import org.tallystick.device.bill.QrCode;
import org.tallystick.device.process.CommandDoor;
import org.tallystick.device.state.StateDoor;
import org.tallystick.device.transport.AddressDoor;
import org.tallystick.device.transport.StrictJson;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.verifier.EvidenceVerifier;

/** Parsers of the modules {@code device-sdk} and {@code verifier}. */
final class DeviceTargets {
  /** A picture has up to 4,096 by 4,096 points of four bytes, held more than once. */
  private static final Bounds PICTURE = new Bounds(400L << 20, Duration.ofSeconds(8));

  static final List<Target> ALL =
      List.of(
          new Target(
              "bill-forms",
              () ->
                  typed(BillForms::parse, Bill::qrText)
                      .seeded(BillForms.json(bill()), BillForms.appLink(bill()))),
          new Target(
              "bill-nfc",
              () ->
                  bytes(NfcPayload::decode, NfcPayload::encode).seeded(NfcPayload.encode(bill()))),
          new Target(
              "bill-number",
              () ->
                  typed(BillForms::typed, BillForms::typable)
                      .seeded(
                          " "
                              + BillForms.typable("CKJNB3RNHTNTG568").toLowerCase(Locale.ROOT)
                              + " ")),
          new Target(
              "qr-picture",
              () ->
                  bytes(picture -> present(QrCode.read(picture)))
                      .seeded(QrCode.of("TALLY").png())
                      .within(PICTURE)),
          new Target(
              "bank-reply",
              () ->
                  bytes(DeviceTargets::reply)
                      .seeded(
                          "{\"state\":\"FINAL\",\"answer\":\"AAAA\"}",
                          "{\"root\":\"AAAA\",\"state\":\"\\u0041\"}")),
          new Target(
              "bank-address",
              () ->
                  text(AddressDoor::read)
                      .refusing(IllegalArgumentException.class)
                      .seeded(
                          "https://a.example,https://b.example:8443/x/", "http://127.0.0.1:8080")),
          new Target(
              "device-command",
              () ->
                  bytes(CommandDoor::read)
                      .seeded(
                          "{\"command\":\"approve\",\"pin\":\"1234\",\"text\":\"TALLY1:\",\"id\":[1]}",
                          "{\"command\":\"bill\",\"integer\":5,\"array\":[{\"text\":\"a\",\"amount\":3}]}")),
          new Target(
              "device-state",
              () -> bytes(StateDoor::reencoded, state -> state).seeded(StateDoor.full())),
          new Target(
              "evidence-verifier",
              () ->
                  bytes(DeviceTargets::evidence)
                      .seeded(Vectors.hex(Vectors.first("evidence"), "bundle"))));

  private DeviceTargets() {}

  private static Bill bill() {
    return Bill.decode(Vectors.hex(Vectors.first("bill"), "bill"));
  }

  /** Read only by who needs it. */
  private static final class Published {
    static final VerificationKey ROOT =
        VerificationKey.ofPoint(Vectors.hex(Vectors.first("evidence"), "rootPublic"));
  }

  private static void reply(byte[] json) {
    ObjectNode reply =
        StrictJson.members(
            StrictJson.object(json), Set.of("state"), Set.of("answer", "root", "keys"));
    StrictJson.text(reply, "state");
    if (reply.has("answer")) {
      Base64Url.decode(StrictJson.text(reply, "answer"));
    }
  }

  /** Every step reports, whatever the bundle holds; what it reports is one line each. */
  private static void evidence(byte[] input) {
    EvidenceBundle bundle = EvidenceBundle.decode(input);
    requireOneLine(bundle.number());
    new EvidenceVerifier(Published.ROOT)
        .verify(bundle)
        .forEach(finding -> requireOneLine(finding.what()));
  }

  private static void requireOneLine(String printed) {
    if (printed.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"')) {
      throw new BrokenRuleError("the verifier prints what breaks its line");
    }
  }
}
