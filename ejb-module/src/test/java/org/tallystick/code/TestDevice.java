package org.tallystick.code;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.device.Aliases;
import org.tallystick.device.BoundEvidence;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.SequencerVault;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;
import org.tallystick.pin.PinVerifier;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.LevelPin;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/** A bound device: what it holds itself, and its rows at the bank. */
public final class TestDevice {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] BINDING_RECORD = new byte[100];

  private final BackOffice office;
  private final DeviceBinding binding;
  private final Role role;
  private final PinVerifier pin =
      PinVerifier.ofPin("2468".toCharArray(), Secret.random(RANDOM, 32), bytes(16), 1);
  private final SigningKey key = SigningKey.generate(RANDOM);
  private final Deque<byte[]> aliases = new ArrayDeque<>();
  private final long index;
  private DeviceSequence sequence;
  private EpochRoot root;

  public TestDevice(BackOffice office, Party party) {
    this(office, party, Suite.CLASSIC);
  }

  public TestDevice(BackOffice office, Party party, Suite suite) {
    this.office = office;
    this.role = party.role() == PartyRole.PROVIDER ? Role.PAYEE : Role.PAYER;
    byte[] deviceId = bytes(16);
    this.binding =
        new DeviceBinding(
            "TL",
            suite,
            deviceId,
            party.accountIdentifier(),
            party.contractId(),
            office.parties.accountBindingValue(party));
    EpochSecrets secrets =
        new EpochSecrets(
            77,
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32));
    this.root = new EpochRoot(0, Secret.copyOf(secrets.root().reveal()));
    this.sequence = DeviceSequence.initial(77, secrets.string1(), secrets.string2());
    DeviceEpochs state =
        DeviceEpochs.enrolled(
            suite, deviceId, secrets, office.vault.recoveryEpoch(), office.clock.millis());
    this.index = Server.inTransaction(office.entities, () -> bind(party, state));
    aliases.addAll(new Aliases(office.vault, RANDOM).fresh(index, 200));
  }

  private long bind(Party party, DeviceEpochs state) {
    DeviceRegister register = new DeviceRegister(office.entities);
    byte[] deviceId = binding.deviceId();
    DeviceVault vault = new DeviceVault(office.vault);
    Device device =
        new Device(
            register.nextIndex(),
            deviceId,
            party.id(),
            party.role(),
            1,
            new BoundEvidence(
                binding.suite(),
                key.verificationKey().compressed(),
                binding.accountIdentifier(),
                binding.contractId(),
                BINDING_RECORD,
                BINDING_RECORD),
            vault.seal(office.keys.of(party), deviceId, pin.toBytes(), new byte[] {1}),
            Times.ofMillis(office.clock.millis()));
    register.add(
        device,
        new SequencerVault(office.vault).row(device.index(), state),
        new DeviceLogHead(device.index(), LogLine.seed(binding.suite(), deviceId, BINDING_RECORD)));
    office.entities.flush();
    register.record(device.activate(Times.ofMillis(office.clock.millis())));
    return device.index();
  }

  public long index() {
    return index;
  }

  public byte[] deviceId() {
    return binding.deviceId();
  }

  public byte[] account() {
    return binding.accountIdentifier();
  }

  /** The number that this device's next half carries, if it is the payee. */
  public String nextNumber() {
    return sequence.number(binding);
  }

  public long nextN() {
    return sequence.n();
  }

  /** A device restored from an old copy of its file, and the other way round: one more copy. */
  public Copy copy() {
    return new Copy(sequence, root);
  }

  public void restore(Copy copy) {
    sequence = copy.sequence();
    root = copy.root();
  }

  /** What a copied file holds. */
  public record Copy(DeviceSequence sequence, EpochRoot root) {}

  public EpochRoot root() {
    return root;
  }

  public DeviceBinding binding() {
    return binding;
  }

  /** A one-time alias, used up by this. */
  public byte[] nextAlias() {
    return aliases.remove();
  }

  private RequestSealer sealer(SigningKey by) {
    return new RequestSealer(binding, by, RANDOM);
  }

  /** A request of this device. */
  public SentRequest ask(byte[] challenge, RequestArguments asked) {
    return askAs(key, challenge, asked);
  }

  /** A request by somebody who has the root and another signing key. */
  public SentRequest askAs(SigningKey by, byte[] challenge, RequestArguments asked) {
    return sealer(by).seal(root, challenge, aliases.remove(), asked, office.clock.millis());
  }

  /** A change of the PIN, proven under an old one. */
  public SentRequest askForPin(byte[] challenge, PinVerifier old, PinVerifier fresh) {
    return sealer(key)
        .seal(
            root,
            challenge,
            aliases.remove(),
            keys -> RequestArguments.Pin.change(old, fresh, keys),
            office.clock.millis());
  }

  /** A change of the PIN of a level, proven under the device's PIN; null removes it. */
  public SentRequest askForLevelPin(
      byte[] challenge, PinVerifier own, int level, @Nullable PinVerifier fresh) {
    return sealer(key)
        .seal(
            root,
            challenge,
            aliases.remove(),
            keys -> LevelPin.change(own, level, fresh, keys),
            office.clock.millis());
  }

  /** The key that signs whatever the device says. */
  public SigningKey key() {
    return key;
  }

  public PinVerifier pin() {
    return pin;
  }

  /** A rekey that is begun; it may come again any number of times. */
  public PendingRekey beginRekey(byte[] challenge) {
    return PendingRekey.begin(
        sealer(key),
        binding,
        root,
        challenge,
        aliases.remove(),
        sequence.epoch() + 1,
        sequence.n(),
        office.clock.millis(),
        RANDOM);
  }

  /** The fresh epoch is in. */
  public void complete(PendingRekey pending, RequestResult.Rekey given) {
    try (EpochSecrets secrets = pending.complete(root, binding, given).orElseThrow()) {
      sequence = sequence.rekeyed(pending.epoch(), secrets);
      root = new EpochRoot(pending.epoch(), Secret.copyOf(secrets.root().reveal()));
    }
  }

  /** Terms of this device's next half of a payment. */
  public Terms terms(String number, byte[] billHash) {
    return new Terms(this, number, billHash);
  }

  /** Terms under construction. */
  public static final class Terms {
    private final TestDevice device;
    private final String number;
    private final byte[] billHash;
    private long amountMinor = 1250;
    private byte @Nullable [] counterparty;
    private @Nullable PinVerifier pin;
    private String shorthand = "Account 1";
    private long lifeMillis = 300_000;
    private @Nullable Long cancelledN;
    private @Nullable SigningKey forger;
    private long logIndex;
    private byte[] logHead;
    private Extensions extensions = Extensions.NONE;
    private Conditions conditions = Conditions.NONE;
    private HalfOptions options = HalfOptions.NONE;
    private @Nullable Purpose later;

    private Terms(TestDevice device, String number, byte[] billHash) {
      this.device = device;
      this.number = number;
      this.billHash = billHash;
      this.logHead =
          LogLine.seed(device.binding.suite(), device.binding.deviceId(), BINDING_RECORD);
      this.pin = device.role == Role.PAYER ? device.pin : null;
    }

    public Terms amount(long minor) {
      amountMinor = minor;
      return this;
    }

    public Terms to(byte[] account) {
      counterparty = account;
      return this;
    }

    public Terms pin(PinVerifier other) {
      pin = other;
      return this;
    }

    public Terms wrongPin() {
      pin = PinVerifier.ofBytes(new byte[32]);
      return this;
    }

    public Terms from(String name) {
      shorthand = name;
      return this;
    }

    public Terms life(long millis) {
      lifeMillis = millis;
      return this;
    }

    public Terms cancelling(long n) {
      cancelledN = n;
      return this;
    }

    public Terms signedBy(SigningKey other) {
      forger = other;
      return this;
    }

    public Terms log(long index, byte[] head) {
      logIndex = index;
      logHead = head;
      return this;
    }

    public Terms with(Extensions other) {
      extensions = other;
      return this;
    }

    public Terms with(Conditions other) {
      conditions = other;
      return this;
    }

    /** A later step of a purchase, which names the code with the payee's half. */
    public Terms later(Purpose step, byte[] payeeCode) {
      later = step;
      options = HalfOptions.belongingTo(payeeCode);
      return this;
    }

    private Purpose purpose() {
      if (later != null) {
        return later;
      }
      return cancelledN == null ? Purpose.PURCHASE : Purpose.CANCEL;
    }

    public Terms with(HalfOptions other) {
      options = other;
      return this;
    }

    /** In the compact profile, with a shorthand that is short enough. */
    public Terms compact() {
      shorthand = "";
      return with(HalfOptions.COMPACT);
    }

    public SealedHalf seal() {
      return device.seal(this);
    }
  }

  private SealedHalf seal(Terms terms) {
    HalfTerms half =
        new HalfTerms(
                role,
                terms.purpose(),
                terms.number,
                terms.billHash,
                Money.of(terms.amountMinor, "USD"),
                terms.counterparty,
                office.clock.millis() + terms.lifeMillis,
                role == Role.PAYER ? terms.shorthand : null,
                terms.pin,
                terms.cancelledN,
                terms.logIndex,
                terms.logHead)
            .with(terms.extensions)
            .with(terms.conditions)
            .with(terms.options);
    if (aliases.isEmpty()) {
      aliases.addAll(new Aliases(office.vault, RANDOM).fresh(index, 200));
    }
    SealedHalf sealed =
        new HalfSealer(binding, terms.forger == null ? key : terms.forger, RANDOM)
            .seal(sequence, half, aliases.remove(), office.clock.millis());
    sequence = sealed.next();
    return sealed;
  }

  /** Opens an answer as the device does. */
  public Optional<Answer> open(
      byte[] sealed, SealedHalf half, String number, VerificationKey bank) {
    return SealedAnswer.open(
        sealed,
        binding.suite(),
        "TL",
        binding.deviceId(),
        half.epoch(),
        half.n(),
        number,
        bank,
        half.replyRoot());
  }

  public static byte[] pickup(SealedHalf half) {
    return ReplyKeys.pickup(half.replyRoot());
  }

  static byte[] bytes(int length) {
    byte[] drawn = new byte[length];
    RANDOM.nextBytes(drawn);
    return drawn;
  }
}
