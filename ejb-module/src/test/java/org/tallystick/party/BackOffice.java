package org.tallystick.party;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.institution.Institutions;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;
import org.tallystick.ledger.Ledger;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.webhook.WebhooksFixture;

/** The back office's beans wired by hand over one entity manager. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class BackOffice {
  public static final Actor CLERK = new Actor("clerk", Set.of(Role.CLERK));
  public static final Actor APPROVER = new Actor("approver", Set.of(Role.APPROVER));
  public static final Actor AUDITOR = new Actor("auditor", Set.of(Role.AUDITOR));

  public final EntityManager entities = Server.entityManager();
  public final MovableClock clock = new MovableClock();
  public final SecureRandom random = new SecureRandom();
  public final KeyVault vault;
  public final Environment environment = new Environment(Map.of());
  public final Ledger ledger;
  public final Parties parties = new Parties();
  public final PartyKeys keys = new PartyKeys();
  public final Registrations registrations = new Registrations();
  public final Agreements agreements = new Agreements();
  public final Transitions transitions = new Transitions();
  public final Identifications identifications = new Identifications();
  public final Submissions submissions = new Submissions();
  public final Decisions decisions = new Decisions();
  public final Documents documents = new Documents();
  public final Dossiers dossiers = new Dossiers();
  public final Applications applications = new Applications();
  public final Messages messages = new Messages();
  public final Verifications verifications = new Verifications();
  public final DueVerifications dueVerifications = new DueVerifications();
  public final Institutions institutions;

  /** What screening has against everybody. */
  public ScreeningGate.@Nullable Obstacle obstacle;

  /** The least that is a document. */
  static final byte[] PDF =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final Identification.Address ADDRESS =
      new Identification.Address(
          List.of("12 St James's Square"), "Nether Wallop", null, "SW1Y 4JH", "GB");

  public BackOffice(Path folder) {
    vault = Pkcs12KeyVault.open(folder, "a password".toCharArray(), clock, random);
    ledger = LedgerFixture.ledger(entities, clock);
    parties.entities = entities;
    parties.vault = vault;
    parties.keys = keys;
    keys.entities = entities;
    keys.vault = vault;
    registrations.entities = entities;
    registrations.parties = parties;
    registrations.agreements = agreements;
    registrations.vault = vault;
    registrations.keys = keys;
    registrations.cursors = CursorsFixture.cursors(vault);
    registrations.clock = clock;
    registrations.random = random;
    transitions.entities = entities;
    transitions.clock = clock;
    transitions.witness = AgreementsFixture.notices(this);
    transitions.events = WebhooksFixture.registrations(this);
    agreements.entities = entities;
    agreements.cursors = registrations.cursors;
    agreements.clock = clock;
    shipAgreement();
    identifications.entities = entities;
    identifications.parties = parties;
    identifications.transitions = transitions;
    identifications.keys = keys;
    identifications.clock = clock;
    documents.entities = entities;
    documents.parties = parties;
    documents.keys = keys;
    documents.clock = clock;
    documents.random = random;
    dossiers.entities = entities;
    dossiers.parties = parties;
    dossiers.identifications = identifications;
    dossiers.documents = documents;
    dossiers.transitions = transitions;
    dossiers.keys = keys;
    dossiers.cursors = registrations.cursors;
    dossiers.clock = clock;
    messages.entities = entities;
    messages.cursors = registrations.cursors;
    verifications.entities = entities;
    verifications.parties = parties;
    verifications.transitions = transitions;
    verifications.identifications = identifications;
    verifications.submissions = submissions;
    verifications.clock = clock;
    dueVerifications.entities = entities;
    dueVerifications.parties = parties;
    dueVerifications.cursors = registrations.cursors;
    dueVerifications.clock = clock;
    applications.entities = entities;
    applications.parties = parties;
    applications.transitions = transitions;
    applications.identifications = identifications;
    applications.documents = documents;
    applications.clock = clock;
    submissions.documents = documents;
    submissions.parties = parties;
    submissions.identifications = identifications;
    submissions.transitions = transitions;
    submissions.clock = clock;
    decisions.entities = entities;
    decisions.parties = parties;
    decisions.transitions = transitions;
    decisions.ledger = ledger;
    decisions.identifications = identifications;
    submissions.screening = gate();
    decisions.screening = gate();
    decisions.periods = new VerificationPeriods(environment);
    decisions.defaultCurrency = LedgerFixture.defaultCurrency(environment);
    decisions.clock = clock;
    institutions = InstitutionsFixture.institutions(entities, vault, clock, random);
    registrations.tenants = InstitutionsFixture.active(institutions);
  }

  /** Finds nothing in anybody, at once; what stands against approval is as the test says. */
  private ScreeningGate gate() {
    return new ScreeningGate() {
      @Override
      public boolean submitted(Party party) {
        return true;
      }

      @Override
      public Optional<Obstacle> obstacle(long partyId) {
        return Optional.ofNullable(obstacle);
      }
    };
  }

  private void shipAgreement() {
    ShippedAgreement shipped = new ShippedAgreement();
    shipped.entities = entities;
    shipped.clock = clock;
    Server.inTransaction(
        entities,
        () -> {
          shipped.put();
          return true;
        });
  }

  /** A person that was approved and has signed the agreement. */
  public Party active() {
    return active(apply());
  }

  /** One that has applied goes all the way. */
  public Party active(Registered registered) {
    return signed(approved(registered));
  }

  /** One that has applied goes as far as approval. */
  public Party approved(Registered registered) {
    submitted(registered);
    approve(registered);
    return party(registered);
  }

  /** As if a first device had signed the agreement. */
  public Party signed(Party approved) {
    Server.inTransaction(
        entities,
        () -> {
          transitions.signedBy(parties.byIdLocked(approved.id()).orElseThrow(), new byte[16]);
          return true;
        });
    return parties.byId(approved.id()).orElseThrow();
  }

  public Party party(Registered registered) {
    entities.clear();
    return parties.byRegistration(registered.registration()).orElseThrow();
  }

  /** The party says who it is, with whatever must be there, and submits that. */
  public void submitted(Registered registered) {
    Party party = party(registered);
    said(party, party.kind() == PartyKind.PERSON ? person() : organisation());
    handedIn(party, identifying(party), DocumentMedia.PDF, PDF);
    TransitionOutcome outcome = Server.inTransaction(entities, () -> submissions.submit(party));
    if (!(outcome instanceof TransitionOutcome.Moved)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  /** What identifies a party of that kind. */
  public static DocumentKind identifying(Party party) {
    return party.kind() == PartyKind.PERSON
        ? DocumentKind.PASSPORT
        : DocumentKind.REGISTRATION_EXTRACT;
  }

  public DocumentOutcome handedIn(
      Party party, DocumentKind kind, DocumentMedia media, byte[] content) {
    return Server.inTransaction(entities, () -> documents.add(party, kind, media, content));
  }

  public IdentificationOutcome said(Party party, Identification said) {
    return Server.inTransaction(
        entities, () -> identifications.state(party, said, edition -> true));
  }

  /** A clerk proposes and an approver confirms; the approver's outcome. */
  public TransitionOutcome approve(Registered registered) {
    approve(CLERK, registered, "known");
    return approve(APPROVER, registered, "known");
  }

  public TransitionOutcome approve(Actor actor, Registered registered, String reason) {
    return Server.inTransaction(
        entities, () -> decisions.approve(actor, registered.registration(), reason));
  }

  public TransitionOutcome move(Registered registered, RegistrationState next) {
    return Server.inTransaction(
        entities, () -> decisions.move(APPROVER, registered.registration(), next, "because"));
  }

  public Identification.Person person() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new Identification.Person(
        "Ada Augusta",
        "Byron",
        today.minusYears(36),
        ADDRESS,
        "GB",
        new Identification.Paper(
            Identification.PaperKind.PASSPORT, "533401372", "GB", today.plusYears(5)),
        "+442079460000");
  }

  public Identification.Organisation organisation() {
    LocalDate born = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusYears(50);
    return new Identification.Organisation(
        "Analytical Engines",
        "HRB 4711",
        "GB",
        "Ltd",
        ADDRESS,
        List.of(new Identification.Owner("Charles Babbage", born, "GB", 10_000)),
        List.of(new Identification.Representative("Joseph Clement", born, "GB")));
  }

  public Registered apply() {
    return (Registered)
        register(
            new Application(
                PartyKind.PERSON, PartyRole.USER, "Ada Byron", null, null, "ada@example.org"));
  }

  public ApplicationOutcome register(Application application) {
    return Server.inTransaction(entities, () -> registrations.register(application));
  }
}
