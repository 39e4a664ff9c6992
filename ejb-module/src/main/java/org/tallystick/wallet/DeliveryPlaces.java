package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;
import org.tallystick.wallet.PlaceOutcome.Changed;
import org.tallystick.wallet.PlaceOutcome.Full;
import org.tallystick.wallet.PlaceOutcome.Kept;
import org.tallystick.wallet.PlaceOutcome.NotActive;
import org.tallystick.wallet.PlaceOutcome.NotThere;
import org.tallystick.wallet.PlaceOutcome.ShorthandTaken;

/** Where a party wants things delivered. Changes take turns by a lock on the party's row. */
@Stateless
public class DeliveryPlaces {
  /** How many a party may have. */
  static final int MAX_PLACES = 16;

  private static final int PUBLIC_ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** All of them, oldest first. */
  public List<PlaceView> list(long partyId) {
    return ofParty(partyId).stream().map(this::view).toList();
  }

  /** One of them, with its version. */
  public Optional<Versioned> one(long partyId, String place) {
    return find(ofParty(partyId), place).map(one -> new Versioned(one.version(), view(one)));
  }

  /**
   * A place and how often it was changed.
   *
   * @param version for preconditions
   * @param place as its party sees it
   */
  public record Versioned(long version, PlaceView place) {}

  /** Adds one; the first is preferred. */
  public PlaceOutcome add(long partyId, Shorthand name, DeliveryAddress address) {
    Optional<Party> party = parties.byIdLocked(partyId);
    if (party.isEmpty() || !party.get().state().mayEnrol()) {
      return new NotActive();
    }
    List<DeliveryPlace> all = ofParty(partyId);
    if (isTaken(all, name, Optional.empty())) {
      return new ShorthandTaken();
    }
    if (all.size() >= MAX_PLACES) {
      return new Full();
    }
    byte[] publicId = new byte[PUBLIC_ID_LENGTH];
    random.nextBytes(publicId);
    DeliveryPlace added =
        new DeliveryPlace(
            publicId, partyId, name, sealed(partyId, publicId, address), OffsetDateTime.now(clock));
    if (all.isEmpty()) {
      added.prefer();
    }
    entities.persist(added);
    return new Kept(view(added));
  }

  /**
   * Puts another name and address in the place of one.
   *
   * @param admits the versions in whose place it may be put
   */
  public PlaceOutcome replace(
      long partyId, String place, Shorthand name, DeliveryAddress address, LongPredicate admits) {
    parties.byIdLocked(partyId);
    List<DeliveryPlace> all = ofParty(partyId);
    Optional<DeliveryPlace> found = find(all, place);
    if (found.isEmpty()) {
      return new NotThere();
    }
    if (!admits.test(found.get().version())) {
      return new Changed();
    }
    if (isTaken(all, name, found)) {
      return new ShorthandTaken();
    }
    found.get().replace(name, sealed(partyId, found.get().publicId(), address));
    return new Kept(view(found.get()));
  }

  /** Makes one the one that is taken where none is named; false where it is not there. */
  public boolean prefer(long partyId, String place) {
    parties.byIdLocked(partyId);
    List<DeliveryPlace> all = ofParty(partyId);
    Optional<DeliveryPlace> found = find(all, place);
    if (found.isPresent()) {
      all.forEach(DeliveryPlace::preferNoLonger);
      // only one row may be preferred at any moment
      entities.flush();
      found.get().prefer();
    }
    return found.isPresent();
  }

  /** Deletes one; false where it is not there. */
  public boolean remove(long partyId, String place) {
    parties.byIdLocked(partyId);
    Optional<DeliveryPlace> found = find(ofParty(partyId), place);
    found.ifPresent(entities::remove);
    return found.isPresent();
  }

  private static boolean isTaken(
      List<DeliveryPlace> all, Shorthand name, Optional<DeliveryPlace> by) {
    return all.stream()
        .filter(place -> by.filter(place::equals).isEmpty())
        .anyMatch(place -> place.shorthandKey().equals(name.key()));
  }

  private static Optional<DeliveryPlace> find(List<DeliveryPlace> all, String place) {
    return all.stream().filter(one -> Base64Url.encode(one.publicId()).equals(place)).findFirst();
  }

  private List<DeliveryPlace> ofParty(long partyId) {
    return entities
        .createNamedQuery("DeliveryPlace.ofParty", DeliveryPlace.class)
        .setParameter("party", partyId)
        .getResultList();
  }

  private byte[] sealed(long partyId, byte[] publicId, DeliveryAddress address) {
    return keys.of(partyId).seal(address.encoded(), sealContext(publicId));
  }

  private PlaceView view(DeliveryPlace place) {
    return new PlaceView(
        Base64Url.encode(place.publicId()),
        place.shorthand(),
        place.preferred(),
        DeliveryAddress.decode(
            keys.of(place.partyId()).open(place.addressSealed(), sealContext(place.publicId()))));
  }

  private static String sealContext(byte[] publicId) {
    return "delivery-address/" + Base64Url.encode(publicId);
  }
}
