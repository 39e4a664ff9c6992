package org.tallystick.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.code.Purpose;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.BankPin;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.StateFile;
import org.tallystick.device.state.StateRefusedException;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.money.Money;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;
import org.tallystick.tree.Checkpoint;

/**
 * A device of one party: enrols once, makes bills or approves them, sends the codes and takes the
 * bank's answers. Whatever it has promised survives a crash at any moment, and {@link #resume}
 * brings device and bank together again.
 *
 * <p>Refusals are returned, faults (a broken disk) are thrown. Safe for use by several threads.
 *
 * <p>Long because it is the one door for apps: nearly every method only hands on to the desk that
 * does the work.
 *
 * <p>Source: docs/PROTOCOL.md sections 3 to 11.
 */
public final class TallystickDevice extends DeviceView implements AutoCloseable {
  private final Enroller enroller;
  private final HalfMaker halves;
  private final CertificateKeeper certificates;
  private final AnswerDesk answers;
  private final RequestDesk requests;
  private final Rekeyer rekeyer;
  private final LogKeeper log;
  private final Reunion reunion;
  private final NoticeDesk notices;
  private final AccountDesk account;
  private final AgreementDesk agreements;
  private final PayerHalves paying;
  private final LaterSteps later;
  private final OfferDesk offers;
  private final CheckpointDesk checkpoints;
  private final CodeSender sender;
  private final Resumption resumption;

  private TallystickDevice(Core core) {
    super(core);
    this.enroller = new Enroller(core);
    this.halves = new HalfMaker(core);
    this.paying = new PayerHalves(core, halves);
    this.later = new LaterSteps(core, halves);
    this.certificates = new CertificateKeeper(core);
    this.requests = new RequestDesk(core, new EpochChange(core));
    this.rekeyer = new Rekeyer(core, requests);
    this.log = new LogKeeper(core, requests);
    this.reunion = new Reunion(core, requests, rekeyer, log);
    this.answers = new AnswerDesk(core, log, reunion);
    this.notices = new NoticeDesk(core, log, reunion);
    this.account = new AccountDesk(core, requests);
    this.agreements = new AgreementDesk(core, requests, reunion);
    this.offers = new OfferDesk(core, requests);
    this.checkpoints = new CheckpointDesk(core);
    this.sender = new CodeSender(core);
    this.resumption =
        new Resumption(core, enroller, sender, requests, answers, reunion, rekeyer, notices);
  }

  /**
   * Opens a device's state, or begins a fresh one.
   *
   * @param bank owned by the device from now on
   * @throws StateRefusedException if another process writes to it, it was tampered with, or belongs
   *     to another bank
   */
  public static TallystickDevice open(
      DeviceSettings settings, BankConnection bank, DeviceEvents events) {
    DeviceState fresh =
        DeviceState.fresh(new BankPin(settings.rootFingerprint(), settings.baseUrl()));
    StateFile file =
        StateFile.open(
            settings.stateFile(),
            settings.platformKeyFile(),
            fresh,
            settings.steps(),
            settings.random());
    BankPin pin = file.state().bank();
    if (!Arrays.equals(pin.rootFingerprint(), settings.rootFingerprint())) {
      file.close();
      throw new StateRefusedException(
          StateRefusedException.Reason.OTHER_BANK, "the device state belongs to another bank");
    }
    if (!pin.baseUrl().equals(settings.baseUrl())) {
      file.store(file.state().at(settings.baseUrl()));
    }
    return new TallystickDevice(
        new Core(
            file, bank, settings.clock(), settings.random(), events, settings.pinIterations()));
  }

  /**
   * Binds this device to an account (E1 to E5). Where the same activation was begun before a crash,
   * it goes on with the same message and the PIN chosen then.
   *
   * @param pin wiped here, or null where the party has none
   * @param agree asked once with the agreement; the person's answer
   */
  public Result<Identity> enrol(
      Activation activation,
      char @Nullable [] pin,
      Footprint footprint,
      Predicate<Agreement> agree) {
    try {
      if (pin != null && pin.length == 0) {
        return Result.refused("pin", "a PIN is not empty");
      }
      return enroller.enrol(activation, pin, footprint, agree);
    } finally {
      if (pin != null) {
        Arrays.fill(pin, '\0');
      }
    }
  }

  /** Makes a bill and the payee's half in one durable write; nothing is sent. */
  public Result<OutboxEntry> makeBill(BillRequest request) {
    return reunion
        .recovered()
        .then(
            bound ->
                bound.identity().isProvider()
                    ? certificates.current(bound)
                    : Result.<byte[]>refused("role", "only a provider's device makes bills"))
        .then(certificate -> halves.bill(request, certificate));
  }

  /** Reads a bill from the text of a QR or from JSON and checks it off line, B1 to B7. */
  public Result<Bill.Checked> readBill(String qrOrJson) {
    return BillReader.read(core, qrOrJson);
  }

  /**
   * Makes the payer's half for a bill; nothing is sent. Whether the PIN is right only the bank can
   * tell.
   *
   * @param shorthand of the instrument to pay with, or null for the first
   * @param pin wiped here
   */
  public Result<OutboxEntry> approve(Bill.Checked bill, @Nullable String shorthand, char[] pin) {
    return approve(bill, pin, PaymentChoice.of(shorthand));
  }

  /**
   * Makes the payer's half for a bill, with what the person chose beside; nothing is sent.
   *
   * @param pin wiped here
   * @param choice its level PINs are wiped here
   */
  public Result<OutboxEntry> approve(Bill.Checked bill, char[] pin, PaymentChoice choice) {
    try {
      return reunion.recovered().then(bound -> paying.approve(bill, choice, pin));
    } finally {
      Arrays.fill(pin, '\0');
      choice.wipe();
    }
  }

  /**
   * Makes the payer's half of what a payee shows to who cannot get the bill (terms mode); nothing
   * is sent. Nobody's signed bill stands behind it: who is paid, the person has to know.
   *
   * @param number transaction number, text
   * @param pin wiped here
   * @param choice its level PINs are wiped here; no tip, no consent
   */
  public Result<OutboxEntry> approveTerms(
      String number, Money amount, char[] pin, PaymentChoice choice) {
    try {
      return reunion.recovered().then(bound -> paying.approveTerms(number, amount, choice, pin));
    } finally {
      Arrays.fill(pin, '\0');
      choice.wipe();
    }
  }

  /**
   * Makes the payee's half for a payer who cannot get a bill: number and amount are shown, and
   * typed there (terms mode). Nothing is sent.
   *
   * @param life at most 15 minutes
   * @param number that the bank drew, text, or null for the device's own
   * @param progress whether the bank is to tell that the half waits
   */
  public Result<OutboxEntry> makeTerms(
      Money amount, Duration life, @Nullable String number, boolean progress) {
    if (life.isNegative() || life.toMillis() > BillBody.MAX_PURCHASE_LIFE_MILLIS) {
      return Result.refused("terms", "terms live for 15 minutes at most");
    }
    return reunion.recovered().then(bound -> halves.terms(amount, life, number, progress));
  }

  /** Makes the payee's code that completes a hold: the amount moves, the rest is released. */
  public Result<OutboxEntry> complete(String number, long minor) {
    return reunion.recovered().then(bound -> later.complete(number, minor));
  }

  /** Makes the payee's code that charges once more. */
  public Result<OutboxEntry> charge(String number, long minor) {
    return reunion.recovered().then(bound -> later.charge(number, minor));
  }

  /** Offers of a sender who starts. */
  public OfferDesk offers() {
    return offers;
  }

  /**
   * F1: makes a bill and the payee's half for what a sender has offered, and leaves the bill at the
   * bank for that sender; the half is sent as ever.
   */
  public Result<OutboxEntry> acceptOffer(PaymentOffer offer, BillRequest request) {
    return OfferDesk.fitting(request, offer)
        .then(this::makeBill)
        .then(
            entry ->
                bill(entry.number())
                    .map(bill -> offers.lodge(bill, offer))
                    .orElseGet(() -> Result.refused("lodge", "no bill of that number is here"))
                    .then(done -> Result.ok(entry)));
  }

  /** F2: the bill that came first for an own offer, checked, B1 to B7; the person sees the name. */
  public Result<Bill.Checked> fetchBill(PaymentOffer offer) {
    return offers.fetch(offer).then(bill -> readBill(bill.qrText()));
  }

  /** Makes the half that withdraws the payee's open half of this number; nothing is sent. */
  public Result<OutboxEntry> cancel(String number) {
    return reunion.recovered().then(bound -> halves.cancel(number));
  }

  /**
   * Sends a half's code: the stored bytes, however often. Accepted says nothing of its fate. A half
   * that withdraws another goes after that other one, so that it does not overtake it (P6).
   */
  public Result<OutboxEntry> send(OutboxEntry entry) {
    return sender.send(entry);
  }

  /** Waits for the final answer to this device's purchase half of a number. */
  public Result<FinishedEntry> awaitAnswer(String number, Duration timeout) {
    return awaitAnswer(number, Purpose.PURCHASE, timeout);
  }

  /** Waits for the final answer to this device's newest half of a number and purpose. */
  public Result<FinishedEntry> awaitAnswer(String number, Purpose purpose, Duration timeout) {
    Optional<OutboxEntry> open = open(number, purpose);
    Optional<FinishedEntry> ended =
        core.state().finished().stream()
            .filter(entry -> entry.number().equals(number))
            .filter(entry -> entry.purpose() == purpose)
            .max(Comparator.comparing(FinishedEntry::n));
    if (open.isPresent()) {
      return awaitAnswer(open.get(), timeout);
    }
    return ended
        .map(Result::ok)
        .orElseGet(() -> Result.refused("await", "this device has no half of that number"));
  }

  /** Waits for the final answer to one half. */
  public Result<FinishedEntry> awaitAnswer(OutboxEntry entry, Duration timeout) {
    Result<FinishedEntry> ended = answers.await(entry, timeout);
    ended.value().ifPresent(rekeyer::keepUp);
    return ended;
  }

  /** Asks the bank how things stand, and does what follows from it. */
  public Result<StatusResult> askStatus() {
    return reunion.ask();
  }

  /** Begins a fresh epoch; the bank counts those that were not due. */
  public Result<RequestResult> rekey() {
    return rekeyer.rekeyOnDemand();
  }

  /** Lines of this device's log as the bank has them, at most 16. */
  public Result<RequestResult.Log> log(long from, long to) {
    return from < 1 || to < from || to - from >= RequestArguments.Log.MAX_LINES
        ? Result.refused("arguments", "a range of 1 to 16 lines")
        : log.range(from, to);
  }

  /** Fetches the lines that this device's log lacks; gives how many came. */
  public Result<Integer> fillLog() {
    return reunion.ask().then(bank -> log.fillTo(bank.logIndex()));
  }

  /**
   * Asks for the bank's newest checkpoint and checks it against the one held and against this
   * device's own log, C1 to C5.
   */
  public Result<Checkpoint> checkpoint() {
    return checkpoints.check();
  }

  /** Leaves the bill of an own open half at the bank, so that it can be fetched by its number. */
  public Result<RequestResult.Lodged> lodge(String number) {
    return bill(number)
        .map(account::lodge)
        .orElseGet(() -> Result.refused("lodge", "no bill of that number is here"));
  }

  /** Fetches the bill that was lodged under a number and checks it, B1 to B7. */
  public Result<Bill.Checked> fetchBill(String number) {
    return account.fetch(number).then(bill -> readBill(bill.qrText()));
  }

  /** How this device stands by its own knowledge, once it is enrolled. */
  public Optional<Standing> standing() {
    return core.active(core.state()).value().map(bound -> Standing.of(bound, rekeyer.isDue(bound)));
  }

  /** What the owner asks of the bank for the account. */
  public AccountDesk account() {
    return account;
  }

  /** New versions of the agreement. */
  public AgreementDesk agreements() {
    return agreements;
  }

  /**
   * Takes the bank's notices; gives how many came.
   *
   * @param wait for the first, at most
   */
  public Result<Integer> takeNotices(Duration wait) {
    return notices.take(wait);
  }

  /**
   * What a restart found and did.
   *
   * @param resent codes that the bank has on disk now
   * @param answered halves that ended
   * @param open halves that are still without an answer
   * @param notAccepted halves that ended since the bank will never take them
   * @param notices that came
   * @param rekeyed whether a new epoch began
   * @param problem what stopped it early, if anything
   */
  public record Resumed(
      int resent,
      int answered,
      int open,
      int notAccepted,
      int notices,
      boolean rekeyed,
      Optional<Refusal> problem) {}

  /**
   * Brings device and bank together after a restart: goes on with an enrolment that was begun,
   * sends the exact bytes of every open half again, fetches answers and notices, and shows as
   * UNKNOWN what is long past its end.
   */
  public Resumed resume() {
    return resumption.run();
  }

  /** Lets go of the state and of the bank. */
  @Override
  public void close() {
    core.bank().close();
    core.file().close();
  }
}
