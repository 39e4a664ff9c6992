package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;

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
}
