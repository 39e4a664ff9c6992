package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
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
import org.tallystick.party.OpenedDocument;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyDocument;
import org.tallystick.party.PartyKeys;
import org.tallystick.stage.StageFaultException;
import org.tallystick.wallet.DeliveryPlaces;
import org.tallystick.wallet.OwnNumbers;

/**
 * All that the bank knows of a party, for the party: a ZIP archive of data.json, the documents as
 * they were handed in, and manifest.cose, in which the bank signs the SHA-256 of every file.
 * Nothing of counterparties and no names of staff are in it. The archive is not kept: it is made
 * once to know its hash, and once more while it is sent, with one document at a time in memory.
 *
 * <p>Source: Regulation (EU) 2016/679, Articles 15 and 20.
 */
@Stateless
public class Exports {
  /** The type of the bank's signature over the manifest. */
  public static final String TYPE = "export";

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

  /** The exports that were made of a party, newest first. */
  public List<PartyExport> list(Party party, int limit) {
    return entities
        .createNamedQuery("PartyExport.ofParty", PartyExport.class)
        .setParameter("party", party.id())
        .setMaxResults(limit)
        .getResultList();
  }

  /** Makes what was opened, of what is known now, and records that. */
  public ExportArchive make(Party asking, OpenedExport opened) {
    Party party = parties.byId(asking.id()).orElseThrow();
    entities.flush(); // what this transaction has written is told, too
    List<PartyDocument> handedIn = documents.ofParty(party);
    MessageDigest dataHash = Sha256.digest();
    byte[] data = data(party, handedIn, dataHash);
    Map<String, byte[]> hashes = new LinkedHashMap<>();
    hashes.put("data.json", dataHash.digest());
    Map<String, Supplier<byte[]>> contents = new LinkedHashMap<>();
    for (PartyDocument document : handedIn) {
      String id = Base64Url.encode(document.publicId());
      String name = "documents/" + id + "." + document.media().extension();
      hashes.put(name, document.sha256());
      contents.put(
          name, () -> documents.open(party, id).map(OpenedDocument::content).orElseThrow());
    }
    ExportArchive archive = new ExportArchive(data, contents, manifest(hashes), now());
    ExportArchive.Measure measure = archive.measure();
    entities.persist(
        new PartyExport(
            opened.publicId(),
            party.id(),
            opened.openedBy(),
            measure.sha256(),
            Math.toIntExact(measure.bytes()),
            now()));
    return archive;
  }

  private byte[] manifest(Map<String, byte[]> hashes) {
    JsonObjectBuilder named = Json.createObjectBuilder();
    hashes.forEach((name, hash) -> named.add(name, Base64Url.encode(hash)));
    String text =
        Json.createObjectBuilder()
            .add("madeAt", now().toInstant().toString())
            .add("sha256", named)
            .build()
            .toString();
    return Signed.sign(
        vault.signer(KeyUse.RECEIPT),
        TYPE,
        Suite.CLASSIC,
        bank.consortium(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The data as JSON, compressed as they are read; the digest is of what they are in clear. */
  private byte[] data(Party party, List<PartyDocument> handedIn, MessageDigest digest) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (JsonGenerator json =
        Json.createGenerator(new DigestOutputStream(new GZIPOutputStream(compressed), digest))) {
      json.writeStartObject();
      told(party, handedIn).forEach(json::write);
      ExportRows rows = new ExportRows(entities.unwrap(Connection.class));
      for (String section : ExportRows.names()) {
        json.writeStartArray(section);
        rows.section(section, party.id(), row -> json.write(object(row)));
        json.writeEnd();
      }
      json.writeEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
    return compressed.toByteArray();
  }

  private static JsonObject object(String row) {
    try (JsonReader reader = Json.createReader(new StringReader(row))) {
      return reader.readObject();
    }
  }

  /** What the party has told, opened. */
  private Map<String, JsonValue> told(Party party, List<PartyDocument> handedIn) {
    Map<String, JsonValue> told = new LinkedHashMap<>();
    told.put("name", Json.createValue(parties.name(party)));
    parties.email(party).ifPresent(email -> told.put("email", Json.createValue(email)));
    told.put(
        "identifications",
        RecordJson.of(
            entities
                .createNamedQuery("IdentificationEdition.newestFirst", IdentificationEdition.class)
                .setParameter("party", party.id())
                .getResultStream()
                .map(kept -> identifications.opened(party, kept))
                .toList()));
    told.put("documents", RecordJson.of(handedIn.stream().map(Told::of).toList()));
    told.put("addresses", RecordJson.of(places.list(party.id())));
    JsonObjectBuilder own = Json.createObjectBuilder();
    numbers.of(party).forEach(own::add);
    told.put("numbers", own.build());
    told.put("footprints", RecordJson.of(footprints(party)));
    return told;
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
