package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Identifications;
import org.tallystick.party.OwnIdentification;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;
import org.tallystick.party.ScreeningGate.Obstacle;
import org.tallystick.party.Transitions;

/** Screens parties, whose rows the caller has locked, and keeps what is found. */
@Stateless
public class Screenings {
  private static final byte[] LABEL =
      "tallystick screened facts".getBytes(StandardCharsets.US_ASCII);
  private static final int IDENTIFIER_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @EJB Identifications identifications;
  @EJB Editions editions;
  @EJB Standings standings;
  @Inject EngineHolder holder;
  @Inject KeyVault vault;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /**
   * A party has submitted something new. It is screened at once where this node's engine is ready,
   * otherwise in the next round.
   *
   * @return whether it was
   */
  public boolean submitted(Party party) {
    run(party).again();
    Optional<Engine> engine = holder.of(editions.target());
    engine.ifPresent(ready -> screen(party, ready));
    return engine.isPresent();
  }

  /** What stands against approving a party now. */
  public Optional<Obstacle> obstacle(long partyId) {
    ScreeningRun run = entities.find(ScreeningRun.class, partyId);
    if (run == null || !run.isOf(editions.target().generation())) {
      return Optional.of(editions.inForce().isEmpty() ? Obstacle.NO_LIST : Obstacle.NOT_SCREENED);
    }
    long against =
        entities
            .createNamedQuery("ScreeningHit.against", Long.class)
            .setParameter("party", partyId)
            .getSingleResult();
    return against == 0 ? standings.obstacle() : Optional.of(Obstacle.OPEN_HITS);
  }

  /** How the party was screened last. */
  public ScreeningRun run(Party party) {
    ScreeningRun run = entities.find(ScreeningRun.class, party.id());
    if (run == null) {
      run = new ScreeningRun(party.id());
      entities.persist(run);
    }
    return run;
  }

  /** Screens all names of a party; returns on how many hits somebody has to decide anew. */
  public int screen(Party party, Engine engine) {
    List<Subject> subjects =
        Subject.of(
            party,
            parties.name(party),
            identifications.submitted(party).map(OwnIdentification::said));
    Map<Place, Scored> found = found(subjects, engine.screener());
    byte[] facts = facts(subjects);
    int opened = 0;
    Map<Place, ScreeningHit> kept = kept(party);
    for (Map.Entry<Place, ScreeningHit> each : kept.entrySet()) {
      if (!found.containsKey(each.getKey())) {
        each.getValue().gone();
      }
    }
    for (Map.Entry<Place, Scored> each : found.entrySet()) {
      ScreeningHit hit = kept.get(each.getKey());
      if (hit == null) {
        hit = hit(party, each.getKey());
      }
      if (keep(party, hit, each.getValue().score(), each.getValue().finding(), facts)) {
        opened++;
      }
    }
    run(party).screened(engine.generation(), Engine.VERSION, engine.editions(), now());
    return opened;
  }

  private static Map<Place, Scored> found(List<Subject> subjects, Screener screener) {
    Map<Place, Scored> found = new HashMap<>();
    for (Subject subject : subjects) {
      Screening screening = screener.screen(new Query(subject.name(), subject.kind()));
      if (screening instanceof Screening.Impossible impossible) {
        found.put(
            new Place(Finding.NO_LIST, subject.part() + "/" + impossible.obstacle()),
            new Scored(1, Finding.of(subject, impossible.obstacle())));
      } else if (screening instanceof Screening.Done done) {
        for (Match match : done.hits()) {
          found.merge(
              new Place(match.list(), match.entity().id()),
              new Scored(Math.min(1, match.score()), Finding.of(subject, match)),
              (one, other) -> other.score() > one.score() ? other : one);
        }
      }
    }
    return found;
  }

  private Map<Place, ScreeningHit> kept(Party party) {
    Map<Place, ScreeningHit> kept = new HashMap<>();
    entities
        .createNamedQuery("ScreeningHit.ofParty", ScreeningHit.class)
        .setParameter("party", party.id())
        .getResultStream()
        .forEach(hit -> kept.put(new Place(hit.list(), hit.entity()), hit));
    return kept;
  }

  private ScreeningHit hit(Party party, Place place) {
    byte[] publicId = new byte[IDENTIFIER_LENGTH];
    random.nextBytes(publicId);
    return new ScreeningHit(
        publicId,
        party.id(),
        party.institution().orElse(null),
        place.list(),
        place.entity(),
        now());
  }

  /**
   * Writes down what was found, and whether the hit is open now that was not.
   *
   * @param facts what the decision on it hangs on
   */
  public boolean keep(Party party, ScreeningHit hit, double score, Finding finding, byte[] facts) {
    HitState before = hit.state();
    byte[] sealed = keys.of(party).seal(finding.encode(), context(party, hit));
    boolean opened = hit.found(score, finding.entryHash(), facts, sealed, now());
    if (!entities.contains(hit)) {
      entities.persist(hit);
    }
    if (before != hit.state()) {
      entities.persist(
          line(
              party,
              hit,
              hit.state(),
              Transitions.SCREENING,
              "the entry or the party has changed"));
    }
    return opened;
  }

  /** Decides on a hit of the party; the line that records it, with the note sealed. */
  public ScreeningDecision line(
      Party party, ScreeningHit hit, HitState decision, String actor, String note) {
    return hit.decide(decision, actor, keys.of(party).sealText(note, note(party, hit)), now());
  }

  /** Why somebody decided as it says there, opened. */
  public DecisionLine opened(Party party, ScreeningHit hit, ScreeningDecision line) {
    return new DecisionLine(
        line.decision(),
        line.actor(),
        keys.of(party).openText(line.noteSealed(), note(party, hit)),
        line.at());
  }

  private static String note(Party party, ScreeningHit hit) {
    return context(party, hit) + "/note";
  }

  /** What was found, opened. */
  public Finding opened(Party party, ScreeningHit hit) {
    return Finding.decode(keys.of(party).open(hit.foundSealed(), context(party, hit)));
  }

  private static String context(Party party, ScreeningHit hit) {
    return "party/"
        + Base64Url.encode(party.identifiers().registration())
        + "/screening/"
        + hit.list()
        + "/"
        + hit.entity();
  }

  private byte[] facts(List<Subject> subjects) {
    byte[] key = vault.tokenKey();
    try {
      return HmacSha256.of(key, LABEL, Subject.encode(subjects));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  private record Place(String list, String entity) {}

  private record Scored(double score, Finding finding) {}
}
