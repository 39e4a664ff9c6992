package org.tallystick.it;

import static org.tallystick.it.ExampleState.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.Customer;

/** The wallet and the back office behind it. */
final class WalletScenes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SEARCHED = "found card handed in at the counter, case 4711";

  private WalletScenes() {}

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry("instruments", sample -> new Call().as(Lazy.WALLET.party()).free(ACCOUNTS)),
        Map.entry("addAccount", sample -> new Call().as(empty()).free("/accountId")),
        Map.entry("addCard", sample -> new Call().as(withAccount()).free("/accountId")),
        Map.entry("addExternalAccount", sample -> new Call().as(withAccount())),
        Map.entry("orderInstruments", sample -> ordered()),
        Map.entry("prefer", sample -> Wallet.filled().call("savings elsewhere")),
        Map.entry("instrument", sample -> Lazy.WALLET.call("current").free("/accountId")),
        Map.entry("removeInstrument", sample -> Wallet.filled().call("blue card")),
        Map.entry("renameInstrument", sample -> unlimited().free("/accountId")),
        Map.entry("limitInstrument", sample -> unlimited().free("/accountId")),
        Map.entry("verification", sample -> Lazy.WALLET.call("savings elsewhere")),
        Map.entry("beginVerification", sample -> Wallet.external().call("savings elsewhere")),
        Map.entry("confirmVerification", sample -> proven()),
        Map.entry("addresses", sample -> new Call().as(Lazy.WALLET.party())),
        Map.entry("addAddress", sample -> new Call().as(empty())),
        Map.entry("address", sample -> Lazy.WALLET.place()),
        Map.entry("replaceAddress", sample -> Wallet.filled().place()),
        Map.entry("removeAddress", sample -> Wallet.filled().place()),
        Map.entry("preferAddress", sample -> Wallet.filled().place()),
        Map.entry("microDeposits", sample -> deposits()),
        Map.entry("microDepositSent", sample -> sent()),
        Map.entry("searchInstruments", sample -> search()),
        Map.entry("instrumentSearches", sample -> searches()));
  }

  private static final String ACCOUNTS = "/instruments/accountId";

  private static BankClient bank() {
    return BankIT.client();
  }

  /** A wallet that several examples look at; nothing is done to it. */
  private static final class Lazy {
    static final Wallet WALLET = Wallet.filled();

    static {
      Wallet.beginVerification(WALLET);
      WALLET.sendDeposit();
    }
  }

  /**
   * A party with what is in its wallet.
   *
   * @param party its authorization
   * @param registration its id
   */
  record Wallet(String party, String registration) {
    static Wallet empty() {
      Customer ada = ExampleState.approved();
      return new Wallet(ExampleState.party(ada), ada.registration());
    }

    /** An account, a card and an account elsewhere, with one place to deliver to. */
    static Wallet filled() {
      Wallet wallet = empty();
      wallet.add("accounts", Map.of("currency", "USD", "shorthand", "current"));
      // before there are limits, for afterwards it would wait like a higher one
      wallet.add(
          "cards",
          Map.of("pan", "9999000000000004", "expiry", "2031-12", "shorthand", "blue card"));
      String limits = "/wallet/instruments/" + wallet.id("current") + "/limits";
      for (long day : new long[] {100_000, 200_000}) {
        bank()
            .mustPut(
                limits,
                wallet.party,
                Map.of("currency", "USD", "perTransactionMinor", 50_000, "perDayMinor", day));
      }
      wallet.addExternal();
      bank()
          .mustPost(
              "/wallet/addresses",
              wallet.party,
              Map.of(
                  "shorthand",
                  "home",
                  "recipient",
                  "Ada Byron",
                  "lines",
                  java.util.List.of("12 St James's Square"),
                  "locality",
                  "London",
                  "postcode",
                  "SW1Y 4LE",
                  "country",
                  "GB"));
      return wallet;
    }

    static Wallet external() {
      Wallet wallet = empty();
      wallet.addExternal();
      return wallet;
    }

    static void beginVerification(Wallet wallet) {
      bank().mustPost(wallet.verification(), wallet.party, Map.of());
    }

    void add(String kind, Map<String, ?> what) {
      bank().mustPost("/wallet/" + kind, party, what);
    }

    void addExternal() {
      add(
          "external-accounts",
          Map.of(
              "form",
              "IBAN",
              "iban",
              "DE89370400440532013000",
              "currency",
              "EUR",
              "shorthand",
              "savings elsewhere"));
    }

    String verification() {
      return "/wallet/instruments/" + id("savings elsewhere") + "/verification";
    }

    String id(String shorthand) {
      for (JsonNode one : bank().mustGet("/wallet/instruments", party).body().path("instruments")) {
        if (one.path("shorthand").asText().equals(shorthand)) {
          return one.path("instrument").asText();
        }
      }
      throw new IllegalStateException("nothing is called " + shorthand);
    }

    Call call(String shorthand) {
      return new Call().as(party).at("instrument", id(shorthand));
    }

    Call place() {
      String place =
          bank()
              .mustGet("/wallet/addresses", party)
              .body()
              .path("addresses")
              .path(0)
              .path("place")
              .asText();
      return new Call().as(party).at("place", place);
    }

    /** What the back office is to pay out, or has paid out. */
    JsonNode deposit() {
      String after = "";
      for (int page = 0; page < 100; page++) {
        JsonNode found =
            bank().mustGet("/micro-deposits?limit=200" + after, BankIT.office().clerk()).body();
        for (JsonNode order : found.path("microDeposits")) {
          if (order.path("registration").asText().equals(registration)) {
            return order;
          }
        }
        after = "&after=" + found.path("next").asText();
      }
      throw new IllegalStateException("no micro-deposit");
    }

    JsonNode sendDeposit() {
      JsonNode order = deposit();
      bank()
          .mustPost(
              "/micro-deposits/" + order.path("microDeposit").asText() + "/sent",
              BankIT.office().clerk(),
              Map.of());
      return order;
    }
  }

  private static String empty() {
    return Wallet.empty().party();
  }

  private static String withAccount() {
    Wallet wallet = Wallet.empty();
    wallet.add("accounts", Map.of("currency", "USD", "shorthand", "current"));
    return wallet.party();
  }

  private static Call unlimited() {
    Wallet wallet = Wallet.empty();
    wallet.add("accounts", Map.of("currency", "USD", "shorthand", "current"));
    return wallet.call("current");
  }

  private static Call ordered() {
    Wallet wallet = Wallet.empty();
    wallet.add("accounts", Map.of("currency", "USD", "shorthand", "current"));
    wallet.addExternal();
    return new Call()
        .as(wallet.party())
        .with("/instruments/0", wallet.id("savings elsewhere"))
        .with("/instruments/1", wallet.id("current"));
  }

  private static Call proven() {
    Wallet wallet = Wallet.external();
    Wallet.beginVerification(wallet);
    JsonNode order = wallet.sendDeposit();
    return wallet
        .call("savings elsewhere")
        .with("/firstMinor", NODES.numberNode(order.path("firstMinor").asLong()))
        .with("/secondMinor", NODES.numberNode(order.path("secondMinor").asLong()));
  }

  private static Call deposits() {
    Wallet wallet = Wallet.external();
    Wallet.beginVerification(wallet);
    wallet.deposit();
    return new Call()
        .as(BankIT.office().clerk())
        .query("state", "ORDERED")
        .free("/microDeposits/firstMinor", "/microDeposits/secondMinor");
  }

  private static Call sent() {
    Wallet wallet = Wallet.external();
    Wallet.beginVerification(wallet);
    return new Call()
        .as(BankIT.office().clerk())
        .at("microDeposit", wallet.deposit().path("microDeposit").asText());
  }

  private static Call search() {
    Wallet.filled();
    return new Call().as(BankIT.office().clerk());
  }

  private static Call searches() {
    bank()
        .mustPost(
            "/instrument-searches",
            BankIT.office().clerk(),
            Map.of("form", "CARD", "pan", "9999000000000004", "reason", SEARCHED));
    return new Call().as(BankIT.office().auditor()).free("/searches/number", "/searches/found");
  }
}
