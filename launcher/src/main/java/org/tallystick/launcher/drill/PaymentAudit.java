package org.tallystick.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the bank's auditor finds about payments that devices have made: read over HTTP, from
 * outside.
 *
 * @param payments how many were made
 * @param approved how many the payee heard to be approved
 * @param unheard devices that heard nothing
 * @param disagree payments whose two devices heard different things
 * @param undecided payments without a decided slot and two answered halves
 * @param doubled payments with more than one slot or two halves
 * @param contrary payments that the bank decided otherwise than the devices heard
 * @param ledgerSum of all accounts, 0 in a good ledger
 * @param entries in the ledger
 * @param entriesExpected one for each approved payment and each opening deposit
 * @param approvedMinor sum of what was approved
 * @param receivedMinor what the providers' accounts hold
 */
record PaymentAudit(
    int payments,
    int approved,
    int unheard,
    int disagree,
    int undecided,
    int doubled,
    int contrary,
    BigInteger ledgerSum,
    long entries,
    long entriesExpected,
    long approvedMinor,
    long receivedMinor) {

  private record Finding(PaymentStream.Ended ended, JsonNode transaction) {
    boolean approved() {
      return ended.payee().equals("APPROVED");
    }

    int unheard() {
      return (ended.payee().equals("NONE") ? 1 : 0) + (ended.payer().equals("NONE") ? 1 : 0);
    }

    boolean disagree() {
      return !ended.payee().equals(ended.payer());
    }

    boolean doubled() {
      return slots().size() > 1 || halves().size() > 2;
    }

    boolean undecided() {
      boolean decided = slots().path(0).path("state").asText().equals("DECIDED");
      int answered = 0;
      for (JsonNode half : halves()) {
        answered += half.path("state").asText().equals("ANSWERED") ? 1 : 0;
      }
      return !decided || answered < 2;
    }

    boolean contrary() {
      boolean same = slots().path(0).path("outcome").asText().equals(ended.payee());
      for (JsonNode half : halves()) {
        same &= half.path("outcome").asText().equals(ended.payee());
      }
      return !same;
    }

    boolean good() {
      return unheard() == 0 && !disagree() && !doubled() && !undecided() && !contrary();
    }

    private JsonNode slots() {
      return transaction.path("slots");
    }

    private JsonNode halves() {
      return transaction.path("halves");
    }

    String line() {
      return Json.line(
          "number",
          ended.number(),
          "payee",
          ended.payee(),
          "payer",
          ended.payer(),
          "transaction",
          transaction);
    }
  }

  /**
   * Asks for each payment and for the books; writes a line for each payment that is not well.
   *
   * @param accounts of the providers
   * @param deposits how many entries are not payments
   */
  static PaymentAudit of(
      Drill.Run run,
      Floor floor,
      List<PaymentStream> streams,
      List<String> accounts,
      long deposits) {
    List<Finding> findings =
        streams.parallelStream()
            .flatMap(stream -> stream.ended().stream())
            .map(ended -> new Finding(ended, floor.office().transaction(ended.number())))
            .toList();
    findings.stream().filter(f -> !f.good()).forEach(f -> run.out().println(f.line()));
    JsonNode balance = floor.office().trialBalance();
    run.out().println(Json.line("trial_balance", balance));
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode currency : balance.path("currencies")) {
      sum = sum.add(new BigInteger(currency.path("signedMinor").asText()).abs());
    }
    int approved = count(findings.stream().filter(Finding::approved));
    return new PaymentAudit(
        findings.size(),
        approved,
        findings.stream().mapToInt(Finding::unheard).sum(),
        count(findings.stream().filter(Finding::disagree)),
        count(findings.stream().filter(Finding::undecided)),
        count(findings.stream().filter(Finding::doubled)),
        count(findings.stream().filter(Finding::contrary)),
        sum,
        balance.path("entries").asLong(),
        approved + deposits,
        findings.stream().filter(Finding::approved).mapToLong(f -> f.ended().minor()).sum(),
        accounts.stream().mapToLong(floor.office()::postedMinor).sum());
  }

  private static int count(Stream<Finding> findings) {
    return Math.toIntExact(findings.count());
  }

  /** Every payment approved, decided once and heard by both; the books as they must be. */
  boolean holds() {
    return approved == payments
        && unheard + disagree + undecided + doubled + contrary == 0
        && ledgerSum.signum() == 0
        && receivedMinor == approvedMinor
        && entries == entriesExpected;
  }
}
