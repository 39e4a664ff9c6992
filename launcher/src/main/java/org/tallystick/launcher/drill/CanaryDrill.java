package org.tallystick.launcher.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tallystick.device.TallystickDevice;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.demo.Cards;
import org.tallystick.launcher.privacy.CanarySearch;

/**
 * Plants a name and a card number at registration, makes a payment, stops the bank, and searches
 * every file it left: database, write-ahead log, journal, logs, keys.
 */
public final class CanaryDrill implements Drill {
  private static final String NAME = "Quillon Vexberry";
  private static final String PAN = "999900001827364";

  @Override
  public String name() {
    return "canary";
  }

  @Override
  public String description() {
    return "a planted name and card number are found nowhere in what the bank writes to disk";
  }

  @Override
  public List<String> plants() {
    return List.of("clear-name", "clear-number");
  }

  @Override
  public boolean run(Run run) throws Exception {
    Path data;
    String pan = Cards.withCheckDigit(PAN);
    try (Floor floor = Floor.open(run.folder(), Map.of(), run.progress())) {
      data = floor.bank().data().path();
      Customer user = floor.fundedUser(NAME, 100_000);
      user.card(pan, "2030-12", "Card 1");
      String display =
          run.plants("clear-name")
              ? NAME
              : run.plants("clear-number") ? "Shop " + pan : "Al's Towing Service";
      AccountHolder shop = floor.shop(display);
      TallystickDevice till = floor.device(shop.customer(), "till", null);
      TallystickDevice phone = floor.device(user, "phone", Payments.PIN);
      Payments.pay(till, phone, 21_382);
    }
    CanarySearch search = new CanarySearch();
    run.progress()
        .during(
            "searching " + data,
            () -> {
              search.search(data, Map.of("name", NAME, "card number", pan));
              return true;
            });
    for (CanarySearch.Hit hit : search.hits()) {
      run.out()
          .println(
              Json.line(
                  "file",
                  data.relativize(hit.file()).toString(),
                  "canary",
                  hit.canary(),
                  "form",
                  hit.form()));
    }
    run.out()
        .printf(
            "result canary files=%d bytes=%d hits=%d%n",
            search.files(), search.bytes(), search.hits().size());
    return search.hits().isEmpty() && search.files() > 100;
  }
}
