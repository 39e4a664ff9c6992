package org.tallystick.code;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.node.Server;
import org.tallystick.pairing.Slot;
import org.tallystick.party.BackOffice;
import org.tallystick.stage.Hint;
import org.tallystick.stage.StageFaultException;

/** The end of the first stage, for halves that somebody else has opened. */
public final class PlacingFixture {
  private final BackOffice office;

  public PlacingFixture(BackOffice office) {
    this.office = office;
  }

  /**
   * An opened half.
   *
   * @param device index
   * @param signed its terms
   * @param number transaction number
   * @param receivedAtMillis when it was on disk
   */
  public record Half(long device, SignedMap signed, String number, long receivedAtMillis) {}

  /** Places halves in one transaction, as a batch of codes does once they are open. */
  public List<Hint> place(List<Half> opened, Signer signer) {
    long now = office.clock.millis();
    return Server.inTransaction(
        office.entities,
        () -> {
          try {
            Connection connection = office.entities.unwrap(Connection.class);
            BatchFacts facts =
                BatchFacts.read(
                    connection,
                    opened.stream().map(Half::device).distinct().toList(),
                    List.of(),
                    List.of(),
                    List.of());
            long id = facts.firstId();
            List<HalfRow> rows = new ArrayList<>();
            for (Half half : opened) {
              rows.add(row(half, id++, now, signer));
            }
            return new PlacedBatch(office.entities, connection, now)
                .place(rows, facts.waiting(), () -> {});
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  private HalfRow row(Half half, long id, long now, Signer signer) {
    SignedMap signed = half.signed();
    byte[] sign1 =
        CoseSign1.sign(signer, Format.typ("half"), new byte[0], signed.encode()).encoded();
    return new HalfRow(
        id,
        half.device(),
        signed.epoch(),
        signed.n(),
        "TL",
        half.number(),
        "A".repeat(23),
        TestDevice.bytes(32),
        new HalfRow.Terms(sign1, signed, HalfRow.Kept.NOTHING),
        new HalfVault(office.vault)
            .wrapReplyRoot(
                Secret.random(office.random, 32), half.device(), signed.epoch(), signed.n()),
        Times.ofMillis(half.receivedAtMillis()),
        HalfState.WAITING,
        null,
        null,
        Times.ofMillis(now + Slot.DUE_MILLIS));
  }
}
