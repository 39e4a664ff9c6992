package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.PersonalKey;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;

/** Opens the numbers of a party's instruments, for the party itself. */
@Stateless
public class OwnNumbers {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB PartyKeys keys;

  /** The numbers of cards and accounts at other banks, also of removed ones, by instrument. */
  public Map<String, String> of(Party party) {
    Map<String, String> numbers = new LinkedHashMap<>();
    PersonalKey key = keys.of(party);
    entities
        .createQuery(
            "select i from Instrument i where i.partyId = :party order by i.id", Instrument.class)
        .setParameter("party", party.id())
        .getResultStream()
        .forEach(
            instrument ->
                instrument
                    .card()
                    .map(CardOnFile::panSealed)
                    .or(() -> instrument.external().map(ExternalAccount::numberSealed))
                    .ifPresent(
                        blob ->
                            numbers.put(
                                Base64Url.encode(instrument.publicId()),
                                new String(
                                    key.open(blob, Wallet.sealContext(instrument.publicId())),
                                    StandardCharsets.US_ASCII))));
    return numbers;
  }
}
