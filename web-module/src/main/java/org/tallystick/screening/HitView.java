package org.tallystick.screening;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a hit.
 *
 * @param hit names it in addresses
 * @param registration of the party
 * @param list the target list, or NONE for a name that could not be compared
 * @param entity the entry's number in the list
 * @param state what is thought of it
 * @param score how much the names are alike, 0..1
 * @param foundAt when it was found, or found changed
 * @param part which of the party's names met
 * @param name as the party gave it
 * @param obstacle why the name could not be compared
 * @param listedName the entry's name that is most like it
 * @param listedKind person, organisation, …
 * @param listedNames all names of the entry, the primary one first
 * @param details what the list says of the entry
 * @param explanation which words met which, the weightiest first
 * @param decisions the oldest first
 */
public record HitView(
    String hit,
    String registration,
    String list,
    String entity,
    HitState state,
    double score,
    OffsetDateTime foundAt,
    String part,
    String name,
    @Nullable Obstacle obstacle,
    @Nullable String listedName,
    @Nullable EntityKind listedKind,
    List<ListedName> listedNames,
    List<String> details,
    List<TermMatch> explanation,
    List<DecisionView> decisions) {
  static HitView of(OpenedHit opened) {
    HitSummary summary = opened.summary();
    Finding finding = opened.finding();
    ListedEntity entry = finding.entry();
    return new HitView(
        summary.hit(),
        summary.registration(),
        summary.list(),
        summary.entity(),
        summary.state(),
        summary.score(),
        summary.foundAt(),
        finding.part(),
        finding.name(),
        finding.obstacle(),
        finding.listedName(),
        entry == null ? null : entry.kind(),
        entry == null ? List.of() : entry.names(),
        entry == null ? List.of() : entry.details(),
        finding.explanation(),
        opened.decisions().stream().map(DecisionView::of).toList());
  }

  @Override
  public String toString() {
    return "HitView(" + hit + ", " + state + ")";
  }

  /**
   * What was decided once.
   *
   * @param decision OPEN where a record has changed since
   * @param actor by whom
   * @param note why
   * @param at when
   */
  public record DecisionView(HitState decision, String actor, String note, OffsetDateTime at) {
    static DecisionView of(DecisionLine line) {
      return new DecisionView(line.decision(), line.actor(), line.note(), line.at());
    }
  }
}
