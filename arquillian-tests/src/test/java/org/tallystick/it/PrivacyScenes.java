package org.tallystick.it;

import static org.tallystick.it.ExampleState.party;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.it.Scene.Sample;
import org.tallystick.launcher.bank.Customer;

/** Exports, erasures, and whose identification ends. */
final class PrivacyScenes {
  private static final String REASON = "Asked for it on paper; kept long enough";

  private PrivacyScenes() {}

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry(
            "openExport",
            sample -> by(party(PartyScenes.Lazy.APPROVED), PartyScenes.Lazy.APPROVED)),
        Map.entry("fetchExport", sample -> opened()),
        Map.entry("ownExports", sample -> exported()),
        Map.entry(
            "openDossierExport",
            sample -> by(BankIT.office().clerk(), PartyScenes.Lazy.APPROVED).free("/openedBy")),
        Map.entry("fetchDossierExport", sample -> openedByClerk()),
        Map.entry("erase", PrivacyScenes::erasure),
        Map.entry("erasureProposals", sample -> takenBack()),
        Map.entry("withdrawErasure", sample -> proposed()),
        Map.entry("erasures", sample -> erased()),
        Map.entry("erasuresDue", sample -> due()),
        Map.entry("verificationsDue", sample -> endsSoon()));
  }

  private static Call by(String who, Customer customer) {
    return new Call().as(who).at("registration", customer.registration());
  }

  private static Call exported() throws IOException, InterruptedException {
    Customer ada = ExampleState.inReview();
    Asked.get(of(ada, "/exports/") + openedBy(ada)).as(party(ada)).with("Accept", "*/*").send();
    return by(party(ada), ada).free("/exports/sizeBytes");
  }

  private static Call opened() {
    Customer ada = ExampleState.inReview();
    return by(party(ada), ada).at("export", openedBy(ada));
  }

  private static Call openedByClerk() {
    Customer ada = ExampleState.inReview();
    String clerk = BankIT.office().clerk();
    String export =
        BankIT.client()
            .mustPost("/" + of(ada, "/dossier/exports"), clerk, Map.of("reason", REASON))
            .text("export");
    return by(clerk, ada).at("dossierExport", export);
  }

  /** An export that the party has opened. */
  static String openedBy(Customer customer) {
    return BankIT.client()
        .mustPost("/" + of(customer, "/exports"), party(customer), Map.of())
        .text("export");
  }

  private static String of(Customer customer, String more) {
    return "registrations/" + customer.registration() + more;
  }

  private static Call erasure(Sample sample)
      throws SQLException, IOException, InterruptedException {
    Customer ada = leftLongAgo();
    if (sample.answered().equals("proposed")) {
      return by(BankIT.office().clerk(), ada);
    }
    erase(ada, BankIT.office().clerk());
    return by(BankIT.office().approver(), ada);
  }

  private static Call erased() throws SQLException, IOException, InterruptedException {
    Customer ada = leftLongAgo();
    erase(ada, BankIT.office().clerk());
    erase(ada, BankIT.office().approver());
    return new Call()
        .as(BankIT.office().auditor())
        .query("limit", "200")
        .free("/erasures/number", "/erasures/deleted", "/erasures/emptied");
  }

  private static Call proposed() throws SQLException, IOException, InterruptedException {
    Customer ada = leftLongAgo();
    erase(ada, BankIT.office().clerk());
    return by(BankIT.office().clerk(), ada);
  }

  private static Call takenBack() throws SQLException, IOException, InterruptedException {
    Customer ada = leftLongAgo();
    erase(ada, BankIT.office().clerk());
    post(ada, "/erasure/withdrawal", BankIT.office().clerk());
    return by(BankIT.office().auditor(), ada);
  }

  private static Call due() throws SQLException, IOException, InterruptedException {
    leftLongAgo();
    return new Call().as(BankIT.office().clerk()).query("limit", "200");
  }

  private static Call endsSoon() throws SQLException, IOException, InterruptedException {
    endsSoon(PartyScenes.Lazy.CORNER_SHOP);
    return new Call().as(BankIT.office().clerk()).query("limit", "200");
  }

  /** Its identification does, from now on. */
  static void endsSoon(Customer active) throws SQLException, IOException, InterruptedException {
    set("verified_until = now() + interval '28 days'", active);
  }

  private static void set(String assignment, Customer customer)
      throws SQLException, IOException, InterruptedException {
    try (Connection bank = BankTables.connect();
        PreparedStatement update =
            bank.prepareStatement("update party set " + assignment + " where registration = ?")) {
      update.setBytes(1, Base64Url.decode(customer.registration()));
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no party " + customer.registration());
      }
    }
  }

  private static void erase(Customer customer, String who) {
    post(customer, "/erasure", who);
  }

  private static void post(Customer customer, String path, String who) {
    BankIT.client()
        .mustPost(
            "/registrations/" + customer.registration() + path, who, Map.of("reason", REASON));
  }

  /** Who has withdrawn longer ago than anybody must be kept; no clock of the bank's is turned. */
  private static Customer leftLongAgo() throws SQLException, IOException, InterruptedException {
    Customer ada = ExampleState.inReview();
    ExampleState.withdrawn(ada.registration(), party(ada));
    set("ended_at = ended_at - interval '40 years'", ada);
    return ada;
  }
}
