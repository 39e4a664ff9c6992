package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;

/**
 * Where a party wants things delivered, under a short name of its own choosing; the address is
 * sealed. What the party deletes is gone.
 */
@Entity
@Table(name = "delivery_address")
@NamedQuery(
    name = "DeliveryPlace.ofParty",
    query = "select d from DeliveryPlace d where d.partyId = :party order by d.id")
public class DeliveryPlace {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "delivery_address_seq")
  @SequenceGenerator(
      name = "delivery_address_seq",
      sequenceName = "delivery_address_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "shorthand", nullable = false)
  private String shorthand;

  @Column(name = "shorthand_key", nullable = false)
  private String shorthandKey;

  @Column(name = "address_sealed", nullable = false)
  private byte[] addressSealed;

  @Column(name = "preferred", nullable = false)
  private boolean preferred;

  @Column(name = "added_at", nullable = false, updatable = false)
  private OffsetDateTime addedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected DeliveryPlace() {}

  /**
   * A new one.
   *
   * @param publicId names it in addresses, 16 random bytes
   * @param addressSealed the address, sealed
   */
  public DeliveryPlace(
      byte[] publicId, long partyId, Shorthand name, byte[] addressSealed, OffsetDateTime addedAt) {
    this.publicId = publicId.clone();
    this.partyId = partyId;
    this.shorthand = name.text();
    this.shorthandKey = name.key();
    this.addressSealed = addressSealed.clone();
    this.addedAt = addedAt;
  }

  /** Puts another address and another name in its place. */
  public void replace(Shorthand name, byte[] sealed) {
    shorthand = name.text();
    shorthandKey = name.key();
    addressSealed = sealed.clone();
  }

  /** Makes it the one that is taken where none is named. */
  public void prefer() {
    preferred = true;
  }

  /** Another one is preferred now. */
  public void preferNoLonger() {
    preferred = false;
  }

  /** Internal number of the party. */
  public long partyId() {
    return partyId;
  }

  /** Names it in addresses: 16 random bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** The party's own name for it. */
  public String shorthand() {
    return shorthand;
  }

  /** What two names are compared by. */
  public String shorthandKey() {
    return shorthandKey;
  }

  /** The address, sealed. */
  public byte[] addressSealed() {
    return addressSealed.clone();
  }

  /** How often it was changed. */
  public int version() {
    return version;
  }

  /** Whether it is taken where none is named. */
  public boolean preferred() {
    return preferred;
  }

  @Override
  public String toString() {
    return "DeliveryPlace(" + id + ")";
  }
}
