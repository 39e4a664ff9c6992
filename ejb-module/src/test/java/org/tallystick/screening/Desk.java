package org.tallystick.screening;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Gates;
import org.tallystick.party.Party;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** A back office with a screening desk: one node, wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class Desk {
  static final Actor ADMINISTRATOR = new Actor("admin", Set.of(Role.ADMINISTRATOR));

  final BackOffice office;
  final EntityManager entities;
  final Editions editions = new Editions();
  final ListLoading loading = new ListLoading();
  final Retirements retirements = new Retirements();
  final CustomerWords words = new CustomerWords();
  final Customers customers = new Customers();
  final EngineHolder holder = new EngineHolder();
  final Screenings screenings = new Screenings();
  final ScreeningStage stage = new ScreeningStage();
  final Hits hits = new Hits();
  final Overviews overviews = new Overviews();
  final RequiredLists required = new RequiredLists();
  final Standings standings = new Standings();

  Desk(Path keys) {
    this(new BackOffice(keys));
    ListGate gate = new ListGate();
    gate.screenings = screenings;
    Gates.put(office, gate);
  }

  /** A desk for hits alone; whoever submits something passes by it. */
  public Desk(BackOffice over) {
    office = over;
    entities = office.entities;
    editions.entities = entities;
    editions.clock = office.clock;
    loading.editions = editions;
    retirements.entities = entities;
    retirements.editions = editions;
    retirements.required = required;
    retirements.clock = office.clock;
    words.entities = entities;
    words.parties = office.parties;
    words.vault = office.vault;
    words.clock = office.clock;
    holder.editions = editions;
    customers.words = words;
    holder.customers = customers;
    screenings.entities = entities;
    screenings.parties = office.parties;
    screenings.identifications = office.identifications;
    screenings.editions = editions;
    screenings.holder = holder;
    screenings.vault = office.vault;
    screenings.keys = office.keys;
    screenings.random = office.random;
    screenings.clock = office.clock;
    stage.entities = entities;
    stage.screenings = screenings;
    stage.parties = office.parties;
    stage.identifications = office.identifications;
    stage.submissions = office.submissions;
    stage.editions = editions;
    stage.holder = holder;
    hits.entities = entities;
    hits.parties = office.parties;
    hits.transitions = office.transitions;
    hits.screenings = screenings;
    hits.cursors = CursorsFixture.cursors(office.vault);
    hits.clock = office.clock;
    requires(Map.of());
    standings.entities = entities;
    standings.required = required;
    standings.clock = office.clock;
    screenings.standings = standings;
    overviews.standings = standings;
    overviews.entities = entities;
    overviews.retirements = retirements;
    overviews.editions = editions;
    overviews.holder = holder;
  }

  /** The operator has set this. */
  void requires(Map<String, String> variables) {
    required.environment = new Environment(variables);
  }

  /** The hits. */
  public Hits hits() {
    return hits;
  }

  /** Loading of lists. */
  public ListLoading loading() {
    return loading;
  }

  /** Taking lists out of force. */
  public Retirements retirements() {
    return retirements;
  }

  /** How screening stands. */
  public Overviews overviews() {
    return overviews;
  }

  /** A hit of a party that belongs to an institution; what addresses call it. */
  public String hit(Party party, long institution) {
    return Server.inTransaction(
        entities,
        () -> {
          byte[] publicId = new byte[16];
          office.random.nextBytes(publicId);
          ScreeningHit hit =
              new ScreeningHit(
                  publicId,
                  party.id(),
                  institution,
                  Finding.NO_LIST,
                  "NAME/TOO_LONG",
                  OffsetDateTime.now(office.clock));
          screenings.keep(
              party,
              hit,
              1,
              Finding.of(new Subject("NAME", "Ada", EntityKind.PERSON, ""), Obstacle.TOO_LONG),
              new byte[32]);
          return Base64Url.encode(publicId);
        });
  }

  /** Takes away all lists and whoever is registered, as in a new bank. */
  static void empty(EntityManager entities) {
    Server.inTransaction(
        entities,
        () -> {
          for (String table :
              List.of(
                  "screening_decision",
                  "screening_edition_content",
                  "screening_retirement",
                  "screening_edition")) {
            entities
                .createNativeQuery("alter table " + table + " disable trigger user")
                .executeUpdate();
            if (table.equals("screening_edition_content")) {
              entities.createNativeQuery("delete from screening_hit").executeUpdate();
              entities.createNativeQuery("delete from screening_run").executeUpdate();
              entities.createNativeQuery("delete from screening_corpus").executeUpdate();
              entities.createNativeQuery("delete from screening_confirmation").executeUpdate();
              entities
                  .createNativeQuery("delete from screening_retirement_proposal")
                  .executeUpdate();
            }
            entities.createNativeQuery("delete from " + table).executeUpdate();
            entities
                .createNativeQuery("alter table " + table + " enable trigger user")
                .executeUpdate();
          }
          return entities
              .createNativeQuery("update screening_target set generation = 0, engine = 0")
              .executeUpdate();
        });
  }

  LoadOutcome load(byte[] list) {
    return load(ADMINISTRATOR, list, null);
  }

  LoadOutcome load(Actor actor, byte[] list, @Nullable String shrinkReason) {
    return load(actor, ListFormat.UN_XML, list, false, shrinkReason);
  }

  LoadOutcome load(String name, ListFormat format, byte[] bytes) {
    return Server.inTransaction(
        entities, () -> loading.load(ADMINISTRATOR, name, format, bytes, false));
  }

  LoadOutcome load(
      Actor actor,
      ListFormat format,
      byte[] bytes,
      boolean archive,
      @Nullable String shrinkReason) {
    return Server.inTransaction(
        entities,
        () ->
            shrinkReason == null
                ? loading.load(actor, format.listName(), format, bytes, archive)
                : loading.loadShorter(
                    actor, format.listName(), format, bytes, archive, shrinkReason));
  }

  RetirementOutcome retire(Actor actor, String list) {
    return Server.inTransaction(
        entities, () -> retirements.retire(actor, list, "nobody is looked for"));
  }

  /** Builds the engine, as the timer does. */
  void build() {
    Server.inTransaction(
        entities,
        () -> {
          holder.renew();
          return true;
        });
  }

  /** Screens at most so many; how many were. */
  int round(int limit) {
    int done = 0;
    for (long id : Server.inTransaction(entities, () -> stage.due(limit))) {
      OptionalInt looked = Server.inTransaction(entities, () -> stage.look(id));
      done += looked.isPresent() ? 1 : 0;
    }
    return done;
  }

  List<HitSummary> open() {
    return inState(BackOffice.CLERK, HitState.OPEN);
  }

  List<HitSummary> inState(Actor actor, HitState state) {
    return Server.inTransaction(
        entities, () -> hits.page(actor, state, Optional.empty(), 200).hits());
  }

  Optional<OpenedHit> opened(Actor actor, String hit) {
    return Server.inTransaction(entities, () -> hits.open(actor, hit));
  }

  DecisionOutcome decide(Actor actor, String hit, HitState decision) {
    return decide(actor, hit, decision, version -> true);
  }

  DecisionOutcome decide(Actor actor, String hit, HitState decision, LongPredicate expected) {
    return Server.inTransaction(
        entities, () -> hits.decide(actor, hit, decision, "born elsewhere", expected));
  }
}
