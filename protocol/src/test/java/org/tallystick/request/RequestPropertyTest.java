package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.format.Padding;
import org.tallystick.format.Suite;

class RequestPropertyTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  @Property
  void parse_anyText_isRefusedOrOpensNothing(@ForAll String text) {
    Optional<OpenedRequest> opened;
    try {
      opened = device.open("TL::REQUEST::" + text);
    } catch (MalformedInputException malformed) {
      assertThat(malformed.getMessage()).isNotBlank();
      return;
    }
    assertThat(opened).isEmpty();
  }

  @Property
  void arguments_anyBytes_areRefusedOrTheOneEncoding(
      @ForAll RequestKind kind, @ForAll @Size(max = 40) byte[] bytes) {
    try {
      assertThat(RequestArguments.decode(kind, bytes).encode()).isEqualTo(bytes);
    } catch (MalformedInputException malformed) {
      assertThat(malformed.getMessage()).isNotBlank();
    }
    try {
      assertThat(RequestResult.decode(kind, bytes).encode()).isEqualTo(bytes);
    } catch (MalformedInputException malformed) {
      assertThat(malformed.getMessage()).isNotBlank();
    }
  }

  @Property
  void padding_anyContentThatFits_comesBackFromExactlyThatLength(
      @ForAll @Size(max = 700) byte[] content, @ForAll @IntRange(min = 1, max = 8) int blocks) {
    byte[] padded = Padding.pad(content, blocks * 1024);
    assertThat(padded).hasSize(blocks * 1024);
    assertThat(Padding.content(padded, blocks * 1024)).isEqualTo(content);
  }
}
