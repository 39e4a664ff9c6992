package org.tallystick.simulation;

/** What travels between a device and the bank. */
sealed interface Message {
  /** The same with one place changed. */
  Message flipped(int place, int bit);

  /** A code on its way to the bank. */
  record CodeText(String text) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      char[] chars = text.toCharArray();
      int at = place % chars.length;
      chars[at] = (char) (chars[at] ^ (1 << (bit % 6)));
      return new CodeText(new String(chars));
    }
  }

  /** A question for an answer. */
  record Pickup(String token) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      return new Pickup("00" + token.substring(2));
    }
  }

  /** A wish for a challenge, and for the key set with the bank's recovery epoch. */
  record ChallengeAsked() implements Message {
    @Override
    public Message flipped(int place, int bit) {
      return this;
    }
  }

  /** A challenge, and the recovery epoch as the signed key set has it. */
  record Challenge(byte[] challenge, long recoveryEpoch) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      byte[] bytes = challenge.clone();
      bytes[place % bytes.length] ^= (byte) (1 << (bit % 8));
      return new Challenge(bytes, recoveryEpoch);
    }
  }

  /** A sealed request on its way to the bank. */
  record Request(String text) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      return new Request(((CodeText) new CodeText(text).flipped(place, bit)).text());
    }
  }

  /** A sealed reply on its way back, with T of the request that it came for, hex. */
  record Reply(String requestHash, byte[] sealed) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      byte[] bytes = sealed.clone();
      bytes[place % bytes.length] ^= (byte) (1 << (bit % 8));
      return new Reply(requestHash, bytes);
    }
  }

  /** A sealed answer on its way to the device. */
  record Sealed(String token, byte[] sealed) implements Message {
    @Override
    public Message flipped(int place, int bit) {
      byte[] bytes = sealed.clone();
      bytes[place % bytes.length] ^= (byte) (1 << (bit % 8));
      return new Sealed(token, bytes);
    }
  }
}
