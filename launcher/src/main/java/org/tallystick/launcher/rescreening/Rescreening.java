package org.tallystick.launcher.rescreening;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.drill.Floor;
import org.tallystick.launcher.drill.Json;

/**
 * Starts a bank, loads OFAC's and the UN's lists as published over HTTP, registers people, one of
 * them under a listed name, then loads the UN's list with one of the others on it and measures
 * until everybody is screened again.
 */
public final class Rescreening {
  /** The change of the list that is planted: none, so that nobody new is found. */
  public static final String SAME_LIST = "same-list";

  private static final double BOUND_ENGINE_SECONDS = 30;
  private static final double BOUND_SECONDS_1000 = 30;
  private static final long PATIENCE_SECONDS = 600;
  private static final long LOOK_EVERY_MILLIS = 50;

  /** The first person of the UN's list. */
  private static final String LISTED = "Eric Badege";

  /** Syllables of names that nobody bears. */
  private static final List<String> SYLLABLES =
      List.of("bor", "vel", "tan", "zim", "quo", "lar", "fen", "dup", "gri", "wex", "mol", "hap");

  private final PublishedFiles files;
  private final int parties;
  private final boolean sameList;
  private final PrintStream out;

  /**
   * @param lists folder of the lists
   * @param parties how many people register
   * @param sameList whether the changed list is not loaded: the bench must then fail
   */
  public Rescreening(Path lists, int parties, boolean sameList, PrintStream out) {
    this.files = new PublishedFiles(lists);
    this.parties = parties;
    this.sameList = sameList;
    this.out = out;
  }

  /** Measures; true where the bounds held and the right people were found. */
  public boolean run(Path folder, Progress progress) throws Exception {
    Map<String, String> noLimits =
        Map.of(
            "TALLYSTICK_RATE_GENERAL",
            "100000",
            "TALLYSTICK_RATE_ACCOUNT",
            "100000",
            "TALLYSTICK_RATE_UPLOAD",
            "100000");
    try (Floor floor = Floor.open(folder, noLimits, progress)) {
      double ofac = load(floor, "OFAC-SDN?format=OFAC_CSV", "application/zip", files.ofac());
      double un = load(floor, "UN?format=UN_XML", "application/xml", files.un());
      double engine = until(floor, "possible");
      JsonNode lists = overview(floor).path("lists");
      out.println(
          Json.line(
              "bench",
              "rescreening",
              "ofac_seconds",
              ofac,
              "un_seconds",
              un,
              "engine_seconds",
              engine,
              "lists",
              lists));
      List<Customer> customers = progress.during("registering people", () -> register(floor));
      boolean listedFound = hits(floor).contains(customers.get(0).registration());
      return again(floor, customers, engine, listedFound);
    }
  }

  private boolean again(Floor floor, List<Customer> customers, double engine, boolean listedFound)
      throws Exception {
    int before = hits(floor).size();
    byte[] next = sameList ? files.un() : files.unWith(name(parties - 1));
    long begun = System.nanoTime();
    double load = load(floor, "UN?format=UN_XML", "application/xml", next);
    double built = until(floor, "possible");
    double screened = until(floor, "waiting");
    double all = since(begun);
    List<String> after = hits(floor);
    boolean found = after.contains(customers.get(parties - 1).registration());
    out.println(
        Json.line(
            "bench",
            "rescreening",
            "load_seconds",
            load,
            "engine_seconds",
            built,
            "screening_seconds",
            screened,
            "all_seconds",
            all,
            "hits_before",
            before,
            "hits_after",
            after.size()));
    double seconds1000 = screened * 1000 / parties;
    boolean holds =
        listedFound
            && found
            && engine <= BOUND_ENGINE_SECONDS
            && built <= BOUND_ENGINE_SECONDS
            && seconds1000 <= BOUND_SECONDS_1000;
    out.printf(
        Locale.ROOT,
        "result rescreening parties=%d listed_found=%s newly_listed_found=%s engine_seconds=%.2f"
            + " seconds_1000=%.2f all_seconds=%.2f bound_engine_seconds=%.0f"
            + " bound_seconds_1000=%.0f holds=%s%n",
        parties,
        yes(listedFound),
        yes(found),
        built,
        seconds1000,
        all,
        BOUND_ENGINE_SECONDS,
        BOUND_SECONDS_1000,
        yes(holds));
    return holds;
  }

  private static String yes(boolean holds) {
    return holds ? "yes" : "no";
  }

  /** The first bears a listed name; those whose names are hits by chance are not approved. */
  private List<Customer> register(Floor floor) {
    List<Customer> customers = new ArrayList<>();
    for (int number = 0; number < parties; number++) {
      Customer customer = floor.office().submitted(number == 0 ? LISTED : name(number));
      customers.add(customer);
    }
    List<String> open = hits(floor);
    customers.stream()
        .filter(customer -> !open.contains(customer.registration()))
        .forEach(floor.office()::approve);
    return customers;
  }

  /** A name that no other number has. */
  private static String name(int number) {
    StringBuilder family = new StringBuilder();
    for (int rest = number, i = 0; i < 4; i++, rest /= SYLLABLES.size()) {
      family.append(SYLLABLES.get(rest % SYLLABLES.size()));
    }
    return (number % 2 == 0 ? "Ada " : "Ben ")
        + Character.toUpperCase(family.charAt(0))
        + family.substring(1);
  }

  private static double load(Floor floor, String list, String mediaType, byte[] bytes) {
    long begun = System.nanoTime();
    floor
        .client()
        .mustPutBytes("/screening/lists/" + list, floor.office().administrator(), mediaType, bytes);
    return since(begun);
  }

  private static JsonNode overview(Floor floor) {
    return floor.client().mustGet("/screening", floor.office().administrator()).body();
  }

  /** Seconds until the engine is built ("possible"), or until nobody waits ("waiting"). */
  private static double until(Floor floor, String member) throws InterruptedException {
    long begun = System.nanoTime();
    JsonNode value = overview(floor).path(member);
    while (!(value.isBoolean() ? value.asBoolean() : value.asLong() == 0)) {
      if (since(begun) > PATIENCE_SECONDS) {
        throw new LaunchException("waited too long for screening");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      value = overview(floor).path(member);
    }
    return since(begun);
  }

  /** Registrations with open hits. */
  private static List<String> hits(Floor floor) {
    List<String> registrations = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          floor
              .client()
              .mustGet(
                  "/screening/hits?limit=200" + (after.isEmpty() ? "" : "&after=" + after),
                  floor.office().clerk())
              .body();
      page.path("hits").forEach(hit -> registrations.add(hit.path("registration").asText()));
      after = page.path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    return registrations;
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
