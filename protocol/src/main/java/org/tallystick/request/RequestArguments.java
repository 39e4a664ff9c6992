package org.tallystick.request;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Secret;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.NumberAt;

/**
 * What a request asks for, one shape for each kind. Each refuses by {@link MalformedInputException}
 * what the protocol does not allow, whoever makes it.
 *
 * <p>Source: docs/PROTOCOL.md section R, table of kinds.
 */
public sealed interface RequestArguments
    permits RequestArguments.Status,
        RequestArguments.Rekey,
        RequestArguments.Log,
        RequestArguments.Pin,
        RequestArguments.Lodge,
        RequestArguments.FetchBill,
        RequestArguments.DrawNumber,
        RequestArguments.NotMe,
        RequestArguments.Countersign,
        LevelPin,
        EndAuthority,
        Agree {
  /** Kind that they belong to. */
  RequestKind kind();

  /** The CBOR map. */
  Cbor.Map toCbor();

  /** Deterministic CBOR. */
  default byte[] encode() {
    return toCbor().encode();
  }

  /**
   * Strict inverse of {@link #encode}.
   *
   * @throws MalformedInputException if they have any other shape, which is answered with status 7
   */
  static RequestArguments decode(RequestKind kind, byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    RequestArguments arguments =
        switch (kind) {
          case STATUS -> Status.of(map);
          case REKEY -> Rekey.of(map);
          case LOG -> new Log(map.integer(1), map.integer(2));
          case PIN -> new Pin(Secret.adopt(map.bytes(1, 32)), map.bytes(2, 32));
          case LODGE -> Lodge.of(map);
          case BILL -> FetchBill.of(map);
          case NUMBER -> new DrawNumber();
          case NOT_ME -> NotMe.of(map);
          case COUNTERSIGN -> new Countersign(map.value(1).asBytes());
          case LEVEL_PIN -> LevelPin.of(map);
          case END_AUTHORITY -> new EndAuthority(map.value(1).asBytes(), map.value(2).asBytes());
          case AGREE -> new Agree(map.value(1).asBytes());
        };
    map.end();
    return arguments;
  }

  /**
   * Kind 1: how things stand.
   *
   * @param numbers that the device wants to know about, at most 16
   */
  record Status(List<NumberAt> numbers) implements RequestArguments {
    /** Most numbers. */
    public static final int MAX_NUMBERS = 16;

    /** Checks the limit. */
    public Status {
      numbers = List.copyOf(numbers);
      require(numbers.size() <= MAX_NUMBERS, "over 16 numbers");
    }

    @Override
    public RequestKind kind() {
      return RequestKind.STATUS;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.array(numbers.stream().map(NumberAt::toCbor).toList())).build();
    }

    private static Status of(MapReader map) {
      return new Status(map.value(1).asArray().stream().map(NumberAt::of).toList());
    }
  }

  /**
   * Kind 2: a fresh epoch.
   *
   * @param ephemeralKey of the device, P-256 compressed, 33 bytes
   * @param encapsulationKey ML-KEM-768, 1,184 bytes, in suite 2; else null
   * @param epoch the new one
   * @param next the device's next number in the epoch it asks from
   */
  record Rekey(byte[] ephemeralKey, byte @Nullable [] encapsulationKey, long epoch, long next)
      implements RequestArguments {
    private static final int ENCAPSULATION_KEY_LENGTH = 1184;

    /** Checks lengths and ranges. */
    public Rekey(byte[] ephemeralKey, byte @Nullable [] encapsulationKey, long epoch, long next) {
      require(ephemeralKey.length == 33, "ephemeral key has 33 bytes");
      require(
          encapsulationKey == null || encapsulationKey.length == ENCAPSULATION_KEY_LENGTH,
          "encapsulation key has 1184 bytes");
      require(epoch >= 1 && epoch <= Integer.MAX_VALUE && next >= 0, "epoch or number");
      this.ephemeralKey = ephemeralKey;
      this.encapsulationKey = encapsulationKey;
      this.epoch = epoch;
      this.next = next;
    }

    @Override
    public RequestKind kind() {
      return RequestKind.REKEY;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map()
          .put(1, Cbor.of(ephemeralKey))
          .put(2, orNull(encapsulationKey))
          .put(3, Cbor.of(epoch))
          .put(4, Cbor.of(next))
          .build();
    }

    private static Rekey of(MapReader map) {
      return new Rekey(
          map.value(1).asBytes(), bytesOrNull(map.value(2)), map.integer(3), map.integer(4));
    }
  }

  /**
   * Kind 3: lines of the device's log.
   *
   * @param from first index, from 1
   * @param to last index, at most 15 more
   */
  record Log(long from, long to) implements RequestArguments {
    /** Most lines. */
    public static final int MAX_LINES = 16;

    /** Checks the range. */
    public Log {
      require(from >= 1 && to >= from && to - from < MAX_LINES, "range of lines");
    }

    @Override
    public RequestKind kind() {
      return RequestKind.LOG;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(from)).put(2, Cbor.of(to)).build();
    }
  }

  /**
   * Kind 4: another PIN.
   *
   * @param verifier new V, 32 bytes
   * @param proof under the old PIN, 32 bytes
   */
  record Pin(Secret verifier, byte[] proof) implements RequestArguments {
    /** Checks the lengths. */
    public Pin {
      require(verifier.length() == 32 && proof.length == 32, "verifier and proof have 32 bytes");
    }

    /** Proves the old PIN for exactly this request and exactly this new PIN. */
    public static Pin change(PinVerifier old, PinVerifier fresh, RequestKeys keys) {
      byte[] verifier = fresh.toBytes();
      try (Secret pinKey = keys.pinKey()) {
        byte[] proof =
            old.changeProof(pinKey, keys.deviceId(), keys.epoch(), keys.nonce(), verifier);
        return new Pin(Secret.adopt(verifier), proof);
      }
    }

    /** Whether the old PIN was proven; the request is the one these arguments came in. */
    public boolean isProvenBy(PinVerifier old, OpenedRequest request) {
      return old.acceptsChange(
          proof,
          request.pinKey(),
          request.body().deviceId(),
          request.body().epoch(),
          request.nonce(),
          verifier.reveal());
    }

    @Override
    public RequestKind kind() {
      return RequestKind.PIN;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(verifier.reveal())).put(2, Cbor.of(proof)).build();
    }

    @Override
    public String toString() {
      return "Pin[...]";
    }
  }

  /**
   * Kind 5: leave a bill at the bank.
   *
   * @param bill with its certificate, at most 2,048 bytes
   * @param offerId of the offer that it answers (F1), 10 bytes, or null
   */
  record Lodge(byte[] bill, byte @Nullable [] offerId) implements RequestArguments {
    /** Longest bill, bytes. */
    public static final int MAX_BILL = 2048;

    /** Checks the lengths. */
    public Lodge(byte[] bill, byte @Nullable [] offerId) {
      require(bill.length > 0 && bill.length <= MAX_BILL, "length of the bill");
      require(offerId == null || offerId.length == PaymentOffer.ID_LENGTH, "offer id has 10 bytes");
      this.bill = bill;
      this.offerId = offerId;
    }

    /** A bill that answers no offer. */
    public Lodge(byte[] bill) {
      this(bill, null);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.LODGE;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(bill)).putIfPresent(2, orAbsent(offerId)).build();
    }

    private static Lodge of(MapReader map) {
      return new Lodge(map.value(1).asBytes(), map.optional(2).map(Cbor::asBytes).orElse(null));
    }
  }

  /**
   * Kind 6: fetch the bill that was lodged under a number or for an offer; one of the two.
   *
   * @param number 10 bytes, or null
   * @param offerId 10 bytes, or null (F2)
   */
  record FetchBill(byte @Nullable [] number, byte @Nullable [] offerId)
      implements RequestArguments {
    /** Checks the lengths. */
    public FetchBill(byte @Nullable [] number, byte @Nullable [] offerId) {
      require((number == null) != (offerId == null), "a number or an offer id");
      require(number == null || number.length == TransactionNumber.LENGTH, "number has 10 bytes");
      require(offerId == null || offerId.length == PaymentOffer.ID_LENGTH, "offer id has 10 bytes");
      this.number = number;
      this.offerId = offerId;
    }

    /** The bill of a number. */
    public FetchBill(byte[] number) {
      this(number, null);
    }

    /** The first bill that was lodged for an offer. */
    public static FetchBill ofOffer(byte[] offerId) {
      return new FetchBill(null, offerId);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.BILL;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map()
          .putIfPresent(1, orAbsent(number))
          .putIfPresent(2, orAbsent(offerId))
          .build();
    }

    private static FetchBill of(MapReader map) {
      return new FetchBill(
          map.optional(1).map(Cbor::asBytes).orElse(null),
          map.optional(2).map(Cbor::asBytes).orElse(null));
    }
  }

  /** Kind 7: a transaction number that the bank draws. */
  record DrawNumber() implements RequestArguments {
    @Override
    public RequestKind kind() {
      return RequestKind.NUMBER;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().build();
    }
  }

  /**
   * Kind 8: "not me"; at least one of the two.
   *
   * @param deviceId device to suspend, 16 bytes, or null
   * @param number whose waiting halves are to end, 10 bytes, or null
   */
  record NotMe(byte @Nullable [] deviceId, byte @Nullable [] number) implements RequestArguments {
    /** Checks the lengths. */
    public NotMe(byte @Nullable [] deviceId, byte @Nullable [] number) {
      require(deviceId != null || number != null, "neither device nor number");
      require(deviceId == null || deviceId.length == 16, "device id has 16 bytes");
      require(number == null || number.length == TransactionNumber.LENGTH, "number has 10 bytes");
      this.deviceId = deviceId;
      this.number = number;
    }

    @Override
    public RequestKind kind() {
      return RequestKind.NOT_ME;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, orNull(deviceId)).put(2, orNull(number)).build();
    }

    private static NotMe of(MapReader map) {
      return new NotMe(bytesOrNull(map.value(1)), bytesOrNull(map.value(2)));
    }
  }

  /**
   * Kind 9: vouch for a new device.
   *
   * @param sign1 the COSE_Sign1 of {@link CountersignedBinding}
   */
  record Countersign(byte[] sign1) implements RequestArguments {
    private static final int MAX_BYTES = 512;

    /** Checks the length. */
    public Countersign {
      require(sign1.length > 0 && sign1.length <= MAX_BYTES, "length of the signature");
    }

    @Override
    public RequestKind kind() {
      return RequestKind.COUNTERSIGN;
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(sign1)).build();
    }
  }

  private static @Nullable Cbor orAbsent(byte @Nullable [] bytes) {
    return bytes == null ? null : Cbor.of(bytes);
  }

  private static Cbor orNull(byte @Nullable [] bytes) {
    return Optional.ofNullable(bytes).map(Cbor::of).orElse(Cbor.NULL);
  }

  private static byte @Nullable [] bytesOrNull(Cbor value) {
    return value.isNull() ? null : value.asBytes();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new MalformedInputException("arguments: " + what);
    }
  }
}
