package org.tallystick.it;

import static org.tallystick.it.ExampleState.fresh;
import static org.tallystick.it.ExampleState.staff;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.it.ProblemScenes.Way;
import org.tallystick.launcher.bank.Customer;

/** Problems that no customer can bring about: a hand in the database does. */
final class FaultScenes {
  private FaultScenes() {}

  static Map<String, Way> all() {
    return Map.of(
        "unexpected", FaultScenes::unexpected,
        "account-closed", FaultScenes::closed,
        "erasure-tied", FaultScenes::tied,
        "sign-in-again", FaultScenes::oldSession);
  }

  /** A table is not there for a moment. */
  private static HttpResponse<String> unexpected() throws Exception {
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      statement.execute("alter table instrument_search rename to instrument_search_away");
      try {
        return Asked.get("instrument-searches").as(BankIT.office().auditor()).send();
      } finally {
        statement.execute("alter table instrument_search_away rename to instrument_search");
      }
    }
  }

  private static HttpResponse<String> closed() throws Exception {
    String account = BankIT.devices().fundedUser("Ada Byron", 1).account();
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      statement.execute(
          "update ledger_account set state = 'CLOSED' where id = " + Long.parseLong(account));
    }
    return Asked.post("accounts/" + account + "/deposits")
        .as(BankIT.office().clerk())
        .with("Idempotency-Key", fresh("k"))
        .send("{\"amountMinor\":1,\"currency\":\"USD\"}");
  }

  /** Left long ago, and has money still. */
  private static HttpResponse<String> tied() throws Exception {
    Customer ada = BankIT.devices().fundedUser("Ada Byron", 1).customer();
    BankIT.office().registrationState(ada, "CLOSED", "asked for it");
    try (Connection database = database();
        PreparedStatement update =
            database.prepareStatement(
                "update party set ended_at = ended_at - interval '6 years'"
                    + " where registration = ?")) {
      update.setBytes(1, Base64Url.decode(ada.registration()));
      update.executeUpdate();
    }
    return Asked.post("registrations/" + ada.registration() + "/erasure")
        .as(BankIT.office().clerk())
        .send("{\"reason\":\"its time is over\"}");
  }

  /** Opened an hour ago. */
  private static HttpResponse<String> oldSession() throws Exception {
    String user = fresh("anna");
    String session = staff(user, Map.of(), "CLERK");
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      statement.execute(
          "update staff_session set opened_at = opened_at - interval '1 hour' where staff_id ="
              + " (select id from staff_user where name = '"
              + user
              + "')");
    }
    return Asked.post("security-keys/options").as(session).send();
  }

  private static Connection database() throws SQLException, IOException {
    String given = System.getenv("TALLYSTICK_DB_PASSWORD");
    String password =
        given != null
            ? given
            : Files.readString(
                BankIT.folder().resolve("data/postgres/owner-password"), StandardCharsets.UTF_8);
    return DriverManager.getConnection(
        System.getenv("TALLYSTICK_DB_URL"), System.getenv("TALLYSTICK_DB_USER"), password.strip());
  }
}
