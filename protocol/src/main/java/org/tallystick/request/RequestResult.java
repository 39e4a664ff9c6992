package org.tallystick.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.alias.AliasKey;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.log.LogLine;

/**
 * What a request brought, one shape for each kind, or {@link Done} where there is nothing to tell.
 * Each refuses by {@link MalformedInputException} what the protocol does not allow.
 *
 * <p>Source: docs/PROTOCOL.md section R, table of kinds.
 */
public sealed interface RequestResult
    permits StatusResult,
        RequestResult.Rekey,
        RequestResult.Log,
        RequestResult.Lodged,
        RequestResult.LodgedBill,
        RequestResult.DrawnNumber,
        RequestResult.NotMe,
        RequestResult.Done {
  /** The CBOR map. */
  Cbor.Map toCbor();

  /** Deterministic CBOR. */
  default byte[] encode() {
    return toCbor().encode();
  }

  /** Strict inverse of {@link #encode}, for a request of this kind that was done. */
  static RequestResult decode(RequestKind kind, byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    RequestResult result =
        switch (kind) {
          case STATUS -> StatusResult.of(map);
          case REKEY -> Rekey.of(map);
          case LOG -> Log.of(map);
          case LODGE -> new Lodged(map.integer(1, 0, Long.MAX_VALUE));
          case BILL -> new LodgedBill(map.bytes(1, 1, RequestArguments.Lodge.MAX_BILL));
          case NUMBER ->
              new DrawnNumber(
                  map.bytes(1, TransactionNumber.LENGTH),
                  map.text(2, DrawnNumber.MAX_LABEL),
                  map.integer(3, 0, Long.MAX_VALUE));
          case NOT_ME -> NotMe.of(map.integer(1, 0, NotMe.ALL));
          case PIN, COUNTERSIGN, LEVEL_PIN, END_AUTHORITY, AGREE -> new Done();
        };
    map.end();
    return result;
  }

  /**
   * Kind 2: the bank's half of a fresh epoch.
   *
   * @param ephemeralKey of the bank, P-256 compressed, 33 bytes
   * @param ciphertext ML-KEM-768, 1,088 bytes, in suite 2; else null
   * @param epoch the new one
   * @param recoveryEpoch that it was made under
   * @param aliases one-time aliases, at most 32
   * @param notices how many were made in the epoch before
   */
  record Rekey(
      byte[] ephemeralKey,
      byte @Nullable [] ciphertext,
      long epoch,
      long recoveryEpoch,
      List<byte[]> aliases,
      long notices)
      implements RequestResult {
    private static final int MAX_ALIASES = 32;

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map()
          .put(1, Cbor.of(ephemeralKey))
          .put(2, Optional.ofNullable(ciphertext).map(Cbor::of).orElse(Cbor.NULL))
          .put(3, Cbor.of(epoch))
          .put(4, Cbor.of(recoveryEpoch))
          .put(5, Cbor.array(aliases.stream().map(Cbor::of).toList()))
          .put(6, Cbor.of(notices))
          .build();
    }

    private static Rekey of(MapReader map) {
      Cbor ciphertext = map.value(2);
      List<byte[]> aliases = new ArrayList<>();
      for (Cbor alias : map.value(5).asArray()) {
        aliases.add(alias.asBytes(AliasKey.LENGTH));
      }
      if (aliases.size() > MAX_ALIASES) {
        throw new MalformedInputException("over 32 aliases");
      }
      return new Rekey(
          map.bytes(1, 33),
          ciphertext.isNull() ? null : ciphertext.asBytes(1088),
          map.integer(3, 1, Integer.MAX_VALUE),
          map.integer(4, 0, Integer.MAX_VALUE),
          List.copyOf(aliases),
          map.integer(6, 0, Integer.MAX_VALUE));
    }
  }

  /**
   * Kind 3: lines in order, as far as they fit.
   *
   * @param lines of the device's log
   */
  record Log(List<LogLine> lines) implements RequestResult {
    /** Copies the list. */
    public Log {
      lines = List.copyOf(lines);
    }

    /** As many of the lines as fit into a reply of so many blocks. */
    public static Log fitting(List<LogLine> lines, int blocks) {
      int count = lines.size();
      while (new Log(lines.subList(0, count)).encode().length > SealedReply.room(blocks)) {
        count--;
      }
      return new Log(lines.subList(0, count));
    }

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.array(lines.stream().map(LogLine::toCbor).toList())).build();
    }

    private static Log of(MapReader map) {
      List<Cbor> lines = map.value(1).asArray();
      if (lines.size() > RequestArguments.Log.MAX_LINES) {
        throw new MalformedInputException("over 16 lines");
      }
      return new Log(lines.stream().map(LogLine::of).toList());
    }
  }

  /**
   * Kind 5: the bill can be fetched.
   *
   * @param expiresMillis until then
   */
  record Lodged(long expiresMillis) implements RequestResult {
    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(expiresMillis)).build();
    }
  }

  /**
   * Kind 6: a bill that was lodged; who fetches it checks it like any other (B1 to B7).
   *
   * @param bill with its certificate
   */
  record LodgedBill(byte[] bill) implements RequestResult {
    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of(bill)).build();
    }
  }

  /**
   * Kind 7: a transaction number that is reserved for the account.
   *
   * @param number 10 bytes
   * @param routingLabel at most 32 characters
   * @param expiresMillis until then
   */
  record DrawnNumber(byte[] number, String routingLabel, long expiresMillis)
      implements RequestResult {
    static final int MAX_LABEL = 32;

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map()
          .put(1, Cbor.of(number))
          .put(2, Cbor.of(routingLabel))
          .put(3, Cbor.of(expiresMillis))
          .build();
    }
  }

  /**
   * Kind 8: what was done.
   *
   * @param deviceSuspended the device named is suspended; bit value 1
   * @param halvesEnded waiting halves under the number have ended; bit value 2
   */
  record NotMe(boolean deviceSuspended, boolean halvesEnded) implements RequestResult {
    static final int ALL = 3;

    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().put(1, Cbor.of((deviceSuspended ? 1 : 0) | (halvesEnded ? 2 : 0))).build();
    }

    private static NotMe of(long bits) {
      return new NotMe((bits & 1) != 0, (bits & 2) != 0);
    }
  }

  /** Kinds 4 and 9 to 12: done, and nothing to tell. */
  record Done() implements RequestResult {
    @Override
    public Cbor.Map toCbor() {
      return Cbor.map().build();
    }
  }
}
