package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceVault;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Documents;
import org.tallystick.party.IdentificationEdition;
import org.tallystick.party.Identifications;
import org.tallystick.party.KycAccess;
import org.tallystick.party.OpenedDocument;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyDocument;
import org.tallystick.party.PartyKeys;
import org.tallystick.party.Transitions;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.stage.StageFaultException;
import org.tallystick.wallet.DeliveryPlaces;
import org.tallystick.wallet.OwnNumbers;

/**
 * All that the bank knows of a party, for the party: a ZIP archive of data.json, the documents as
 * they were handed in, and manifest.cose, in which the bank signs the SHA-256 of every file.
 * Nothing of counterparties and no names of staff are in it. The archive is not kept.
 *
 * <p>Source: Regulation (EU) 2016/679, Articles 15 and 20.
 */
@Stateless
public class Exports {
  /** The type of the bank's signature over the manifest. */
  public static final String TYPE = "export";

  private static final int ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @EJB Identifications identifications;
  @EJB Documents documents;
  @EJB DeliveryPlaces places;
  @EJB OwnNumbers numbers;
  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** The party asks for it itself. */
  public byte[] ofOwn(Party asking) {
    return export(parties.byId(asking.id()).orElseThrow(), Transitions.PARTY);
  }

  /** The staff makes one for a party that asked on paper; that and the reason are recorded. */
  public Optional<byte[]> make(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK);
    Optional<Party> found = parties.byRegistration(actor, registration);
    found.ifPresent(
        party ->
            entities.persist(
                new KycAccess(party, actor.name(), KycAccess.What.EXPORT, null, now())
                    .because(reason)));
    return found.map(party -> export(party, actor.name()));
  }

  /** The exports that were made of a party, newest first. */
  public List<PartyExport> list(Party party, int limit) {
    return entities
        .createNamedQuery("PartyExport.ofParty", PartyExport.class)
        .setParameter("party", party.id())
        .setMaxResults(limit)
        .getResultList();
  }

  private byte[] export(Party party, String by) {
    entities.flush(); // what this transaction has written is told, too
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("data.json", data(party).getBytes(StandardCharsets.UTF_8));
    for (PartyDocument document : documents.ofParty(party)) {
      String id = Base64Url.encode(document.publicId());
      byte[] content = documents.open(party, id).map(OpenedDocument::content).orElseThrow();
      files.put("documents/" + id + "." + document.media().extension(), content);
    }
    files.put("manifest.cose", manifest(files));
    byte[] archive = ExportArchive.of(files, now());
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    entities.persist(
        new PartyExport(id, party.id(), by, Sha256.of(archive), archive.length, now()));
    return archive;
  }

  private byte[] manifest(Map<String, byte[]> files) {
    JsonObjectBuilder hashes = Json.createObjectBuilder();
    files.forEach((name, content) -> hashes.add(name, Base64Url.encode(Sha256.of(content))));
    String text =
        Json.createObjectBuilder()
            .add("madeAt", now().toInstant().toString())
            .add("sha256", hashes)
            .build()
            .toString();
    return Signed.sign(
        vault.signer(KeyUse.RECEIPT),
        TYPE,
        Suite.CLASSIC,
        bank.consortium(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private String data(Party party) {
    JsonObjectBuilder data = Json.createObjectBuilder();
    data.add("name", parties.name(party));
    parties.email(party).ifPresent(email -> data.add("email", email));
    data.add(
        "identifications",
        RecordJson.of(
            entities
                .createNamedQuery("IdentificationEdition.newestFirst", IdentificationEdition.class)
                .setParameter("party", party.id())
                .getResultStream()
                .map(kept -> identifications.opened(party, kept))
                .toList()));
    data.add("documents", RecordJson.of(documents.ofParty(party).stream().map(Told::of).toList()));
    data.add("addresses", RecordJson.of(places.list(party.id())));
    JsonObjectBuilder own = Json.createObjectBuilder();
    numbers.of(party).forEach(own::add);
    data.add("numbers", own);
    data.add("footprints", RecordJson.of(footprints(party)));
    try {
      new ExportRows(entities.unwrap(Connection.class))
          .sections(party.id())
          .forEach(
              (name, text) ->
                  data.add(name, Json.createReader(new StringReader(text)).readArray()));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
    return data.build().toString();
  }

  /** What the party's devices told of themselves: a map in CBOR, PROTOCOL section 3. */
  private List<Footprint> footprints(Party party) {
    DeviceVault opener = new DeviceVault(vault);
    return new DeviceRegister(entities)
        .ofParty(party.id()).stream()
            .map(
                device ->
                    new Footprint(
                        device.deviceId(),
                        opener.footprint(
                            keys.of(party), device.deviceId(), device.secrets().footprintSealed())))
            .toList();
  }

  /**
   * What a device told of itself.
   *
   * @param device names it
   * @param footprint CBOR
   */
  record Footprint(byte[] device, byte[] footprint) {}

  /**
   * A document, whose content is a file of its own.
   *
   * @param document names it
   * @param kind what it shows
   * @param mediaType of its content
   * @param sha256 of its content
   * @param uploadedAt when it came
   */
  record Told(
      String document, String kind, String mediaType, byte[] sha256, OffsetDateTime uploadedAt) {
    static Told of(PartyDocument document) {
      return new Told(
          Base64Url.encode(document.publicId()),
          document.kind().name(),
          document.media().type(),
          document.sha256(),
          document.uploadedAt());
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
