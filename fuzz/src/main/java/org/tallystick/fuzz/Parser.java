package org.tallystick.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tallystick.codec.MalformedInputException;

/**
 * A parser, and what must hold of it whatever bytes come: it reads them or refuses them in the way
 * that it declares; what it has read has one form only; time and memory stay in bounds.
 *
 * @param reading the parser, with what must hold of what it has read
 * @param refusals exactly these exceptions may come out of it
 * @param ownSeeds inputs that it accepts
 * @param vectors whether the published vectors are tried too; too slow a parser would try nothing
 *     else
 * @param bounds for one input
 */
public record Parser(
    Reading reading,
    Set<Class<? extends RuntimeException>> refusals,
    List<byte[]> ownSeeds,
    boolean vectors,
    Bounds bounds) {
  private static final byte UTF_16 = (byte) 0xFF;

  /** Reads bytes, or throws. */
  @FunctionalInterface
  public interface Reading {
    /** Returns where the bytes were accepted and all that must hold of them does. */
    void read(byte[] input) throws Exception;
  }

  /** What it has read must be written as exactly the bytes that it was read from. */
  static <T> Parser bytes(Function<byte[], T> decode, Function<T, byte[]> encode) {
    return reading(
        input -> {
          requireSame(input, encode.apply(decode.apply(input.clone())));
        });
  }

  /** The same for a text. */
  static <T> Parser text(Function<String, T> parse, Function<T, String> print) {
    return reading(
        input -> {
          String text = asText(input);
          if (!print.apply(parse.apply(text)).equals(text)) {
            throw new BrokenRuleError("what was read is written in another form");
          }
        });
  }

  /** A text that people type in several forms: what is written is read as the same again. */
  static <T> Parser typed(Function<String, T> parse, Function<T, String> print) {
    return reading(
        input -> {
          String written = print.apply(parse.apply(asText(input)));
          if (!print.apply(parse.apply(written)).equals(written)) {
            throw new BrokenRuleError("what was read is written in another form");
          }
        });
  }

  /** A parser with nothing to write. */
  static Parser bytes(Consumer<byte[]> read) {
    return reading(input -> read.accept(input.clone()));
  }

  /** A parser of a text with nothing to write. */
  static Parser text(Consumer<String> read) {
    return reading(input -> read.accept(asText(input)));
  }

  static Parser reading(Reading reading) {
    return new Parser(
        reading, Set.of(MalformedInputException.class), List.of(), true, Bounds.USUAL);
  }

  /** The same with one more exception that it declares. */
  Parser refusing(Class<? extends RuntimeException> refusal) {
    Set<Class<? extends RuntimeException>> more = new HashSet<>(refusals);
    more.add(refusal);
    return new Parser(reading, Set.copyOf(more), ownSeeds, vectors, bounds);
  }

  /** The same with inputs that it accepts. */
  Parser seeded(byte[]... seeds) {
    return new Parser(reading, refusals, List.of(seeds), vectors, bounds);
  }

  /** The same with inputs that it accepts and no others to begin with. */
  Parser onlySeeded(byte[]... seeds) {
    return new Parser(reading, refusals, List.of(seeds), false, bounds);
  }

  /** The same with texts that it accepts. */
  Parser seeded(String... seeds) {
    return seeded(
        Arrays.stream(seeds)
            .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** The same with other bounds. */
  Parser within(Bounds others) {
    return new Parser(reading, refusals, ownSeeds, vectors, others);
  }

  /** Bytes that must have one form only. */
  static void requireSame(byte[] read, byte[] written) {
    if (!Arrays.equals(read, written)) {
      throw new BrokenRuleError("what was read is written in another form");
    }
  }

  /** A parser that says no by an empty result. */
  static <T> T present(Optional<T> read) {
    return read.orElseThrow(() -> new MalformedInputException("refused"));
  }

  /**
   * Whether the parser takes this input.
   *
   * @throws BrokenRuleError where something does not hold that must
   */
  public boolean accepts(byte[] input) {
    try {
      reading.read(input);
      return true;
    } catch (Exception e) {
      if (e instanceof RuntimeException && refusals.contains(e.getClass())) {
        return false;
      }
      throw new BrokenRuleError("undeclared: " + e, e);
    }
  }

  /** Bytes as text: UTF-8, or after FF two bytes a character, for unpaired surrogates. */
  static String asText(byte[] input) {
    return input.length > 0 && input[0] == UTF_16
        ? new String(toChars(input))
        : new String(input, StandardCharsets.UTF_8);
  }

  private static char[] toChars(byte[] input) {
    char[] characters = new char[(input.length - 1) / 2];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) (((input[1 + 2 * i] & 0xFF) << 8) | (input[2 + 2 * i] & 0xFF));
    }
    return characters;
  }
}
