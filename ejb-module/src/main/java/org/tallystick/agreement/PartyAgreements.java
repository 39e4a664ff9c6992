package org.tallystick.agreement;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Device;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.NoticeDue;
import org.tallystick.party.Agreement;
import org.tallystick.party.Agreements;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.stage.StageFaultException;

/**
 * What parties have agreed to, kept as evidence: by the binding of a device, or by a device's
 * signature over a later version, which holds for the whole party.
 *
 * <p>Source: docs/PROTOCOL.md sections 3 and 10.4.
 */
@Stateless
public class PartyAgreements {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Agreements agreements;
  @EJB Parties parties;
  @Inject Clock clock;

  /** What came of a signature. */
  public enum Signing {
    /** It holds, now or before. */
    DONE,
    /** There is no such version. */
    UNKNOWN,
    /** It is of another account or text, of a version that is over, or of a time to come. */
    NOT_PERMITTED
  }

  /**
   * E5: a device was bound under the agreement of its offer, which may be over by now.
   *
   * @param party locked
   * @param device that has become active
   * @param version of the agreement in the offer
   * @param hash of its text, 32 bytes
   */
  public void bound(Party party, Device device, long version, byte[] hash) {
    keep(party, (int) version, hash, device, null);
    agreements
        .waitingFor(party)
        .ifPresent(
            waiting ->
                entities.persist(
                    NoticeDue.forOne(
                        party.id(), device.index(), new AgreementToSign(waiting.terms()), now())));
  }

  /**
   * AG4: a device has signed a version for its party.
   *
   * @param device whose signature was checked
   * @param sign1 the COSE_Sign1, kept
   */
  public Signing sign(Device device, SignedAgreement word, byte[] sign1) {
    if (!Arrays.equals(word.accountIdentifier(), device.evidence().accountIdentifier())
        || !Arrays.equals(word.contractId(), device.evidence().contractId())
        || !word.isBy(clock.millis())) {
      return Signing.NOT_PERMITTED;
    }
    int version = (int) word.version();
    Optional<Agreement> agreement = agreements.byVersion(version);
    if (agreement.isEmpty()) {
      return Signing.UNKNOWN;
    }
    if (!agreement.get().hasHash(word.hash())) {
      return Signing.NOT_PERMITTED;
    }
    Party party = parties.byIdLocked(device.partyId()).orElseThrow();
    if (version == party.contractVersion()) {
      return Signing.DONE;
    }
    if (version < party.contractVersion() || version < agreements.inForce().version()) {
      return Signing.NOT_PERMITTED;
    }
    keep(party, version, word.hash(), device, sign1);
    entities.persist(
        NoticeDue.forAll(
            party.id(),
            new AgreementSigned(version, word.hash(), device.deviceId(), Sha256.of(sign1)),
            now()));
    return Signing.DONE;
  }

  private void keep(Party party, int version, byte[] hash, Device device, byte @Nullable [] sign1) {
    party.agree(version, hash);
    try {
      entities.flush(); // the device may be new
      new AgreementRows(entities.unwrap(Connection.class))
          .insert(new AgreementRows.Row(party.id(), version, hash, now(), device.index(), sign1));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
