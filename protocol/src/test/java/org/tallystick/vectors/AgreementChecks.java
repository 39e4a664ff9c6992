package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.AgreedUnder;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.keys.BankKeySet;

/** Recomputes or refuses signed agreements. */
final class AgreementChecks {
  private AgreementChecks() {}

  static SignedAgreement verified(VectorReader v) {
    return SignedAgreement.verify(
        v.hex("sign1"), v.key("devicePublic"), v.suite(), v.text("consortium"));
  }

  static void agreement(VectorReader v) {
    SignedAgreement read = verified(v);
    assertThat(read.consortium()).isEqualTo(v.text("consortium"));
    assertThat(read.version()).isEqualTo(v.integer("version"));
    assertThat(read.timeMillis()).isEqualTo(v.integer("time"));
    v.same("accountIdentifier", read.accountIdentifier());
    v.same("contractId", read.contractId());
    v.same("agreementHash", read.hash());
    v.same("agreementHash", Sha256.of(v.text("text").getBytes(StandardCharsets.UTF_8)));
    byte[] made = read.sign(v.signing("scalar"), v.suite());
    v.same("sign1", made);
    v.same("payload", CoseSign1.decode(made).payload());
  }

  static void evidence(VectorReader v) {
    EvidenceBundle bundle = EvidenceBundle.decode(v.hex("bundle"));
    v.same("bundle", bundle.encode());
    BankKeySet keys = BankKeySet.verify(bundle.keySet(), v.key("rootPublic"), bundle.consortium());
    AgreedUnder signed = Objects.requireNonNull(bundle.sides().get(0).agreement());
    BindingRecord payer = BindingRecord.verify(bundle.sides().get(0).bindingRecord(), keys);
    SignedAgreement word =
        SignedAgreement.verify(
            Objects.requireNonNull(signed.sign1()),
            payer.deviceKey(),
            payer.suite(),
            bundle.consortium());
    assertThat(word.version()).isEqualTo(signed.version());
    assertThat(word.hash()).isEqualTo(signed.hash());
    AgreedUnder bound = Objects.requireNonNull(bundle.sides().get(1).agreement());
    assertThat(bound.sign1()).isNull();
    assertThat(BindingRecord.verify(Objects.requireNonNull(bound.bindingRecord()), keys))
        .satisfies(record -> assertThat(record.contractHash()).isEqualTo(bound.hash()));
  }
}
