package org.tallystick.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.DocumentMedia;
import org.tallystick.party.DocumentOutcome;
import org.tallystick.party.Documents;
import org.tallystick.party.OpenedDocument;
import org.tallystick.party.Party;
import org.tallystick.party.PartyDocument;

/** An export of a party with as many and as long documents as there may be, and a long history. */
class ExportMemoryTest {
  private static final int MIB = 1024 * 1024;
  private static final int LINES = 10_000;

  /** Less than half of the documents alone. */
  private static final long MOST = 28L * MIB;

  private static final byte[] START = "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END =
      "\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path keys;
  private long most;
  private int opened;
  private int looks;

  @Test
  void export_ofAPartyWithMuch_holdsOneDocumentAtATime() throws Exception {
    BackOffice office = new BackOffice(keys);
    Party party = office.party(office.apply());
    for (int i = 0; i < Documents.MAX_DOCUMENTS; i++) {
      assertThat(
              office.handedIn(party, BackOffice.identifying(party), DocumentMedia.PDF, document(i)))
          .isInstanceOf(DocumentOutcome.Kept.class);
    }
    history(office, party);
    OpenedExports opened = PrivacyFixture.openedExports(office);
    Exports exports = opened.exports;
    office.entities.clear();
    long before = used();
    assertThat(usedWhile(MOST) - before).as("what is held is seen").isGreaterThan(MOST - MIB);
    exports.documents = watched(office.documents);
    ExportArchive archive = PrivacyFixture.own(office, opened, party);
    office.entities.clear();
    DigestOutputStream sent =
        new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.digest());
    archive.writeTo(sent);
    PartyExport made = Server.inTransaction(office.entities, () -> exports.list(party, 1)).get(0);
    assertThat(made.sizeBytes()).isGreaterThan(Documents.MAX_DOCUMENTS * 3 * MIB);
    assertThat(made.sha256()).isEqualTo(sent.getMessageDigest().digest());
    assertThat(looks)
        .as("each is written for its hash, and sent")
        .isEqualTo(2 * Documents.MAX_DOCUMENTS / 4);
    assertThat(most - before).as("bytes of heap").isLessThan(MOST);
  }

  private Documents watched(Documents real) {
    return new Documents() {
      @Override
      public List<PartyDocument> ofParty(Party party) {
        return real.ofParty(party);
      }

      @Override
      public Optional<OpenedDocument> open(Party party, String documentId) {
        if (++opened % 4 == 0) {
          looks++;
          most = Math.max(most, used());
        }
        return real.open(party, documentId);
      }
    };
  }

  /**
   * What is on the heap and still referred to. What earlier tests left may need more than one
   * collection.
   */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      System.gc();
      long last = used;
      used = runtime.totalMemory() - runtime.freeMemory();
      if (last - used < MIB) {
        break;
      }
    }
    return used;
  }

  private static long usedWhile(long bytes) {
    byte[] held = new byte[Math.toIntExact(bytes)];
    try {
      return used();
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  /** Can hardly be compressed. */
  private static byte[] document(int seed) {
    byte[] noise = new byte[Documents.MAX_BYTES];
    new Random(seed).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) ('0' + (noise[i] & 0x3f)); // neither a name nor a stream
    }
    System.arraycopy(START, 0, noise, 0, START.length);
    System.arraycopy(END, 0, noise, noise.length - END.length, END.length);
    return noise;
  }

  private static void history(BackOffice office, Party party) {
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "insert into party_message (id, party_id, kind, parameters, at) select"
                        + " -n, ?1, 'TEST', repeat(md5(n::text), 10), now() from"
                        + " generate_series(1, "
                        + LINES
                        + ") n")
                .setParameter(1, party.id())
                .executeUpdate());
  }
}
