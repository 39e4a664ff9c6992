package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;
import org.tallystick.keys.SealBrokenException;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.DocumentOutcome.Kept;
import org.tallystick.party.DocumentOutcome.NotAcceptable;
import org.tallystick.party.DocumentOutcome.NotPermitted;
import org.tallystick.party.DocumentOutcome.Removed;
import org.tallystick.party.DocumentOutcome.TooMany;
import org.tallystick.party.DocumentOutcome.Unknown;
import org.tallystick.party.KycAccess.What;
import org.tallystick.party.TransitionOutcome.Incomplete;
import org.tallystick.staff.NotPermittedException;

/** Documents and who opens them, over a real database. */
class DocumentsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Registered registered;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    registered = office.apply();
  }

  private static byte[] pdf(String mark) {
    return new String(BackOffice.PDF, StandardCharsets.US_ASCII)
        .replace("endobj", "endobj %" + mark)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** A good one of that length. */
  private static byte[] pdfOf(int length) {
    return new String(BackOffice.PDF, StandardCharsets.US_ASCII)
        .replaceFirst("endobj", "endobj %" + "x".repeat(length - BackOffice.PDF.length - 2))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private DocumentOutcome add(DocumentKind kind, byte[] content) {
    return office.handedIn(office.party(registered), kind, DocumentMedia.PDF, content);
  }

  private List<PartyDocument> kept() {
    return office.documents.ofParty(office.party(registered));
  }

  private DocumentOutcome remove(String id) {
    Party party = office.party(registered);
    return Server.inTransaction(office.entities, () -> office.documents.remove(party, id));
  }

  private static String id(PartyDocument document) {
    return Base64Url.encode(document.publicId());
  }

  private List<KycAccess> accesses() {
    return office
        .dossiers
        .accesses(BackOffice.AUDITOR, registered.registration(), Optional.empty(), 100)
        .orElseThrow()
        .items();
  }

  @Test
  void document_isOpenedAsItCame_andWhoOpenedItIsRecorded() {
    byte[] content = pdf("one");
    add(DocumentKind.PASSPORT, content);
    PartyDocument document = kept().get(0);
    assertThat(document.sha256()).isEqualTo(Sha256.of(content));
    assertThat(document.sizeBytes()).isEqualTo(content.length);
    OpenedDocument opened =
        Server.inTransaction(
                office.entities,
                () ->
                    office.dossiers.openDocument(
                        BackOffice.CLERK, registered.registration(), id(document)))
            .orElseThrow();
    assertThat(opened.content()).isEqualTo(content);
    assertThat(accesses()).hasSize(1);
    KycAccess access = accesses().get(0);
    assertThat(access.actor()).isEqualTo("clerk");
    assertThat(access.what()).isEqualTo(What.DOCUMENT);
    assertThat(access.documentId()).hasValue(document.publicId());
    assertThat(access.partyState()).isEqualTo(RegistrationState.APPLIED);
  }

  @Test
  void dossierAndList_areRecordedToo_andAuditorsSeeOnlyThat() {
    office.submitted(registered);
    Dossier dossier =
        Server.inTransaction(
                office.entities,
                () -> office.dossiers.open(BackOffice.APPROVER, registered.registration()))
            .orElseThrow();
    assertThat(dossier.applicant().name()).isEqualTo("Ada Byron");
    assertThat(dossier.identification()).isNotNull();
    assertThat(dossier.documents()).hasSize(1);
    assertThat(accesses()).extracting(KycAccess::what).containsExactly(What.DOSSIER);
    assertThatThrownBy(() -> office.dossiers.open(BackOffice.AUDITOR, registered.registration()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                office.dossiers.openDocument(
                    BackOffice.AUDITOR, registered.registration(), id(kept().get(0))))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                office.dossiers.accesses(
                    BackOffice.CLERK, registered.registration(), Optional.empty(), 5))
        .isInstanceOf(NotPermittedException.class);
    assertThat(office.dossiers.open(BackOffice.CLERK, "AAAA")).isEmpty();
    assertThat(office.dossiers.transitions(BackOffice.AUDITOR, "AAAA")).isEmpty();
  }

  @Test
  void lineOfWhoLooked_cannotBeChangedOrTakenAway() {
    for (String statement :
        List.of("update kyc_access set actor = 'nobody'", "delete from kyc_access")) {
      assertThatThrownBy(
              () ->
                  Server.inTransaction(
                      office.entities,
                      () -> office.entities.createNativeQuery(statement).executeUpdate()))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void sameContent_isKeptOnce_underEachType() {
    Kept first = (Kept) add(DocumentKind.PASSPORT, pdf("one"));
    Kept again = (Kept) add(DocumentKind.PASSPORT, pdf("one"));
    assertThat(again.document().publicId()).isEqualTo(first.document().publicId());
    add(DocumentKind.PROOF_OF_ADDRESS, pdf("one"));
    assertThat(kept()).hasSize(2);
  }

  @Test
  void whatIsRefused_leavesNothing() {
    assertThat(add(DocumentKind.PASSPORT, new byte[] {1, 2, 3})).isInstanceOf(NotAcceptable.class);
    assertThat(add(DocumentKind.PASSPORT, pdfOf(Documents.MAX_BYTES + 1)))
        .isEqualTo(new NotAcceptable("too long"));
    assertThat(
            office.handedIn(
                office.party(registered), DocumentKind.PASSPORT, DocumentMedia.PNG, BackOffice.PDF))
        .isInstanceOf(NotAcceptable.class);
    assertThat(kept()).isEmpty();
    Object orphans =
        office
            .entities
            .createNativeQuery(
                "select count(*) from party_document_content c where not exists"
                    + " (select 1 from party_document d where d.id = c.document_id)")
            .getSingleResult();
    assertThat(orphans).hasToString("0");
  }

  @Test
  void longestDocument_isKept() {
    assertThat(add(DocumentKind.PASSPORT, pdfOf(Documents.MAX_BYTES))).isInstanceOf(Kept.class);
    assertThat(kept().get(0).sizeBytes()).isEqualTo(Documents.MAX_BYTES);
  }

  @Test
  void thirteenthDocument_isRefused_alsoWhenAllComeAtOnce() throws Exception {
    for (int i = 0; i < 10; i++) {
      add(DocumentKind.OTHER, pdf("number " + i));
    }
    List<DocumentOutcome> outcomes =
        AtOnce.run(
            4,
            i -> {
              BackOffice node = new BackOffice(keys);
              Party party = node.party(registered);
              return () ->
                  node.handedIn(party, DocumentKind.OTHER, DocumentMedia.PDF, pdf("late " + i));
            });
    assertThat(outcomes.stream().filter(Kept.class::isInstance)).hasSize(2);
    assertThat(outcomes.stream().filter(TooMany.class::isInstance)).hasSize(2);
    assertThat(kept()).hasSize(12);
  }

  /** A party that is identified again and again does not run out of room. */
  @Test
  void approval_makesRoomForNewDocuments() {
    for (int i = 0; i < 11; i++) {
      add(DocumentKind.OTHER, pdf("number " + i));
    }
    office.active(registered);
    assertThat(kept()).hasSize(12);
    office.clock.advance(Duration.ofDays(1));
    assertThat(add(DocumentKind.PASSPORT, pdf("new"))).isInstanceOf(Kept.class);
  }

  @Test
  void document_isTakenBack_untilItIsSubmitted_andOnlyByItsParty() {
    add(DocumentKind.PASSPORT, pdf("one"));
    String id = id(kept().get(0));
    Registered own = registered;
    registered = office.apply();
    assertThat(remove(id)).isEqualTo(new Unknown());
    assertThat(remove("!")).isEqualTo(new Unknown());
    registered = own;
    assertThat(remove(id)).isEqualTo(new Removed());
    assertThat(kept()).isEmpty();
    assertThat(remove(id)).isEqualTo(new Unknown());
    office.submitted(registered);
    assertThat(remove(id(kept().get(0)))).isEqualTo(new NotPermitted());
  }

  @Test
  void documents_comeNoMoreOnceTheRegistrationHasEnded() {
    office.move(registered, RegistrationState.CLOSED);
    assertThat(add(DocumentKind.PASSPORT, pdf("one"))).isEqualTo(new NotPermitted());
  }

  @Test
  void submission_withoutTheRightDocument_saysWhich() {
    office.said(office.party(registered), office.person());
    add(DocumentKind.PROOF_OF_ADDRESS, pdf("one"));
    add(DocumentKind.REGISTRATION_EXTRACT, pdf("one"));
    Party party = office.party(registered);
    assertThat(
            Server.<TransitionOutcome>inTransaction(
                office.entities, () -> office.submissions.submit(party)))
        .isEqualTo(new Incomplete(List.of("a document that identifies the person")));
    registered =
        (Registered)
            office.register(
                new Application(
                    PartyKind.ORGANISATION, PartyRole.USER, "Engines Ltd", null, null, null));
    Party organisation = office.party(registered);
    office.said(organisation, office.organisation());
    add(DocumentKind.PASSPORT, pdf("one"));
    assertThat(
            Server.<TransitionOutcome>inTransaction(
                office.entities, () -> office.submissions.submit(organisation)))
        .isEqualTo(new Incomplete(List.of("a document of type REGISTRATION_EXTRACT")));
  }

  @Test
  void sealedContent_inAnotherPlace_doesNotOpen() {
    add(DocumentKind.PASSPORT, pdf("one"));
    add(DocumentKind.PASSPORT, pdf("two"));
    List<PartyDocument> both = kept();
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party_document_content set sealed = (select sealed from"
                        + " party_document_content where document_id = ?) where document_id = ?")
                .setParameter(1, both.get(0).id())
                .setParameter(2, both.get(1).id())
                .executeUpdate());
    Party party = office.party(registered);
    assertThatThrownBy(() -> office.documents.open(party, id(both.get(1))))
        .isInstanceOf(SealBrokenException.class);
  }
}
