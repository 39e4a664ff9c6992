package org.tallystick.screening;

import java.util.List;

/**
 * Whether the bank can screen, and against what.
 *
 * @param possible whether it can, on the node that answers
 * @param words the same for people
 * @param lists in force
 * @param standing how each list stands that is in force or required
 * @param retirements which of them somebody wants to take out of force
 * @param waiting how many parties are to be screened
 * @param openHits how many hits wait for a decision
 */
public record OverviewView(
    boolean possible,
    String words,
    List<EditionView> lists,
    List<ListStanding> standing,
    List<ProposedRetirement> retirements,
    long waiting,
    long openHits) {
  static OverviewView of(ScreeningOverview overview) {
    String words;
    if (overview.lists().isEmpty()) {
      words = "No target list is loaded: nobody is screened and nobody can be approved.";
    } else if (overview.possible()) {
      words = "Parties are screened against the lists below.";
    } else {
      words =
          "The engine is being built from the lists below; until it is, nobody is screened and"
              + " nobody can be approved.";
    }
    return new OverviewView(
        overview.possible(),
        words + lacking(overview.standing()),
        overview.lists().stream().map(EditionView::of).toList(),
        overview.standing(),
        overview.retirements(),
        overview.waiting(),
        overview.openHits());
  }

  private static String lacking(List<ListStanding> standing) {
    StringBuilder words = new StringBuilder();
    for (ListStanding list : standing) {
      if (list.state() == ListStanding.State.MISSING) {
        words.append(" Nobody can be approved: ").append(list.list()).append(" is not loaded.");
      } else if (list.state() == ListStanding.State.STALE) {
        words.append(" Nobody can be approved: ").append(list.list()).append(" is too old.");
      }
    }
    return words.toString();
  }
}
