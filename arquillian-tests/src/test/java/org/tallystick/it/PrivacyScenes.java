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
    return Map.of(
        "exportOwn", sample -> by(party(PartyScenes.Lazy.APPROVED), PartyScenes.Lazy.APPROVED),
        "ownExports", sample -> exported(),
        "exportFor", sample -> by(BankIT.office().clerk(), PartyScenes.Lazy.APPROVED),
        "erase", PrivacyScenes::erasure,
        "erasureProposals", sample -> takenBack(),
        "withdrawErasure", sample -> proposed(),
        "erasures", sample -> erased(),
        "erasuresDue", sample -> due(),
        "verificationsDue", sample -> endsSoon());
  }

  private static Call by(String who, Customer customer) {
    return new Call().as(who).at("registration", customer.registration());
  }

  private static Call exported() {
    Customer ada = ExampleState.inReview();
    BankIT.client()
        .mustPost("/registrations/" + ada.registration() + "/exports", party(ada), Map.of());
    return by(party(ada), ada).free("/exports/sizeBytes");
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
    Customer shop = PartyScenes.Lazy.CORNER_SHOP;
    set("verified_until = now() + interval '28 days'", shop);
    return new Call().as(BankIT.office().clerk()).query("limit", "200");
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
