package org.tallystick.launcher.drill;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tallystick.codec.Cbor;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.ForwardingBankConnection;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.privacy.LinkSearch;
import org.tallystick.receipt.Receipt;

/**
 * Collects everything that a provider receives, stores or is shown in four visits of the users A,
 * B, C and A again, and looks for any value of four bytes that would tell the provider that the
 * first and the last were one user.
 */
public final class PrivacyDrill implements Drill {
  private static final long AMOUNT = 5_400;

  @Override
  public String name() {
    return "privacy";
  }

  @Override
  public String description() {
    return "a provider cannot link two visits of one user";
  }

  @Override
  public List<String> plants() {
    return List.of("stable-token", "account-shown");
  }

  /** Everything that reaches the provider while one visit lasts. */
  private static final class Collector implements DeviceEvents {
    private List<byte[]> visit = new ArrayList<>();

    void add(byte[] bytes) {
      visit.add(bytes);
    }

    void add(String text) {
      add(text.getBytes(StandardCharsets.UTF_8));
    }

    List<byte[]> take() {
      List<byte[]> taken = visit;
      visit = new ArrayList<>();
      return taken;
    }

    @Override
    public void progress(String number, Stage stage) {
      add(stage.name());
    }

    @Override
    public void answered(FinishedEntry entry) {
      add(entry.toString());
      add(Cbor.array(Cbor.of(entry.reason().value()), Cbor.of(entry.timeMillis())).encode());
      if (entry.receipt() != null) {
        add(entry.receipt());
      }
      if (entry.line() != null) {
        add(entry.line().toCbor().encode());
      }
    }

    @Override
    public void receipt(Receipt receipt) {
      add(receipt.encode());
    }

    @Override
    public void logLine(long index, byte[] head) {
      add(head);
    }
  }

  /** The bank as the provider's device sees it, with a copy of all that comes from it. */
  private static final class Watched extends ForwardingBankConnection {
    private final Collector collector;

    Watched(BankConnection bank, Collector collector) {
      super(bank);
      this.collector = collector;
    }

    @Override
    public Result<String> send(String code) {
      Result<String> sent = super.send(code);
      sent.value().ifPresent(collector::add);
      return sent;
    }

    @Override
    public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
      Result<List<PickedUp>> got = super.answers(pickups, wait);
      for (PickedUp answer : got.value().orElse(List.of())) {
        collector.add(answer.sealed());
      }
      return got;
    }
  }

  @Override
  public boolean run(Run run) throws Exception {
    try (Floor floor = Floor.open(run.folder(), Map.of(), run.progress())) {
      Collector collector = new Collector();
      AccountHolder shop = floor.shop("Al's Towing Service");
      TallystickDevice till =
          floor.device(
              shop.customer(), "till", null, bank -> new Watched(bank, collector), collector);
      List<TallystickDevice> phones = new ArrayList<>();
      for (String name : List.of("Ada A", "Ben B", "Cleo C")) {
        phones.add(floor.device(floor.fundedUser(name, 100_000), name, Payments.PIN));
      }
      Payments.pay(till, phones.get(0), AMOUNT);
      collector.take();
      List<List<byte[]>> visits = new ArrayList<>();
      int approved = 0;
      for (int user : new int[] {0, 1, 2, 0, 0}) {
        FinishedEntry entry = Payments.pay(till, phones.get(user), AMOUNT).get(0);
        approved += entry.ending().name().equals("APPROVED") ? 1 : 0;
        plant(run, collector, phones.get(user));
        visits.add(stored(collector, till, entry));
      }
      Set<String> suspects =
          LinkSearch.links(visits.get(0), visits.get(3), visits.get(1), visits.get(2));
      Set<String> links = LinkSearch.kept(suspects, visits.get(4));
      links.forEach(value -> run.out().println(Json.line("linking_value", value)));
      long bytes = visits.stream().flatMap(List::stream).mapToLong(piece -> piece.length).sum();
      run.out()
          .printf(
              "result privacy visits=5 approved=%d bytes=%d coincidences=%d links=%d%n",
              approved, bytes, suspects.size() - links.size(), links.size());
      return approved == 5 && bytes > 5_000 && links.isEmpty();
    }
  }

  private static List<byte[]> stored(
      Collector collector, TallystickDevice till, FinishedEntry entry) {
    List<byte[]> visit = new ArrayList<>(collector.take());
    visit.add(entry.half());
    visit.add(entry.codeHash());
    till.bill(entry.number()).ifPresent(bill -> visit.add(bill.encode()));
    return visit;
  }

  /** A provider that is told something stable about the user. */
  private static void plant(Run run, Collector collector, TallystickDevice phone) {
    if (run.plants("account-shown")) {
      collector.add(phone.identity().orElseThrow().binding().accountIdentifier());
    } else if (run.plants("stable-token")) {
      collector.add(
          java.util.Arrays.copyOf(phone.identity().orElseThrow().binding().deviceId(), 4));
    }
  }
}
